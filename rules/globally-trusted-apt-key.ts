import { trustedKeys } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'globally-trusted-apt-key',
  says: 'the key of one repository is trusted for all of them',
  because:
    'Whoever has that key can replace any package, those of the distribution too; apt-key is gone from Debian 13 and Ubuntu 25.04.',
  instead: 'Keep the key in /usr/share/keyrings, and name it in the line of its repository, as signed-by.',
  category: 'security',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM debian:12-slim
COPY shop.asc /tmp/
# want: globally-trusted-apt-key at "apt-key" says "every repository"
RUN apt-key add /tmp/shop.asc
USER 1000
CMD ["cat", "/etc/os-release"]
`,
  good: `FROM debian:12-slim
COPY shop.asc /usr/share/keyrings/
RUN echo 'deb [signed-by=/usr/share/keyrings/shop.asc] https://packages.example.com/ bookworm main' \\
  > /etc/apt/sources.list.d/shop.list
USER 1000
CMD ["cat", "/etc/os-release"]
`,
  *check(build) {
    for (const key of trustedKeys(build))
      yield key.ring === undefined
        ? finding(key, 'apt-key lets this key sign the packages of every repository')
        : finding(key, `a key in ${key.ring} signs the packages of every repository`).rated({ severity: 'info' });
  },
});
