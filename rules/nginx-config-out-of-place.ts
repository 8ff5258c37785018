import { misplacedConfigurations } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'nginx-config-out-of-place',
  says: 'a configuration lies where nginx does not take its directives',
  because: 'nginx ends at its start ("server" directive is not allowed here), and so does each container.',
  instead:
    'Copy server blocks to /etc/nginx/conf.d/default.conf, and a file with events and http blocks to /etc/nginx/nginx.conf.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM nginxinc/nginx-unprivileged:1.30
COPY site /usr/share/nginx/html
# want: nginx-config-out-of-place says "nginx takes no server at the top of /etc/nginx/nginx.conf"
COPY <<EOF /etc/nginx/nginx.conf
server {
  listen 8080;
  root /usr/share/nginx/html;
}
EOF
`,
  good: `FROM nginxinc/nginx-unprivileged:1.30
COPY site /usr/share/nginx/html
COPY <<EOF /etc/nginx/conf.d/default.conf
server {
  listen 8080;
  root /usr/share/nginx/html;
}
EOF
`,
  *check(build) {
    for (const { path, change, directive, context, target } of misplacedConfigurations(build)) {
      const where = context === 'main' ? `at the top of ${path}` : `in ${path}, which nginx.conf includes in http`;
      yield finding(change, `nginx takes no ${directive} ${where}: it does not start`).and(
        target.from,
        'this stage is the image that ships',
      );
    }
  },
});
