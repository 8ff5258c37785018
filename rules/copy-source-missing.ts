import { missingSources, sourceThatIs } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'copy-source-missing',
  says: 'COPY names a file that the build context does not have',
  because: 'The build stops there: "not found".',
  instead: 'Write the path as it is from the root of the context, which is not always the folder of the Dockerfile.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM nginxinc/nginx-unprivileged:1.30
# want: copy-source-missing at "conf/default.conf" says "deploy/conf/default.conf"
COPY conf/default.conf /etc/nginx/conf.d/default.conf
`,
  good: `FROM nginxinc/nginx-unprivileged:1.30
COPY deploy/conf/default.conf /etc/nginx/conf.d/default.conf
`,
  files: {
    'deploy/conf/default.conf': 'server { listen 8080; }',
    '.dockerignore': '.git',
  },
  *check(build) {
    for (const source of missingSources(build)) {
      const { word, path, meant } = source;
      const root = build.context.fromDockerfile;
      const where = root === undefined || root === '.' ? '' : ` (${root} from the Dockerfile)`;
      if (meant !== undefined)
        yield finding(word, `the context${where} has no ${path}; ${meant} is there`).mendedBy(
          sourceThatIs(build, source),
        );
      else yield finding(word, `the context${where} has no ${path}`).rated({ severity: 'warning' });
    }
  },
});
