import { secondDownloaders } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'two-downloaders',
  says: 'a stage installs curl or wget, and downloads with both',
  because: 'Either does the work of both: the other package makes the layer larger, and is one more to keep patched.',
  instead: 'Use one of them for all downloads, the one that the base image has if it has one; or ADD the URL.',
  category: 'size',
  severity: 'info',
  confidence: 'likely',
  preset: 'strict',
  since: '0.1.0',
  replaces: ['hadolint/DL4001'],
  bad: `FROM debian:12-slim
RUN apt-get update \\
 && apt-get install -y --no-install-recommends ca-certificates curl wget \\
 && rm -rf /var/lib/apt/lists/*
RUN curl -fsSLO https://example.org/mirrors.json
# want: two-downloaders at "wget" says "what curl does elsewhere"
RUN wget -q https://example.org/mirror.conf
USER 1000
CMD ["mirror"]
`,
  good: `FROM debian:12-slim
RUN apt-get update \\
 && apt-get install -y --no-install-recommends ca-certificates curl \\
 && rm -rf /var/lib/apt/lists/*
RUN curl -fsSLO https://example.org/mirrors.json
RUN curl -fsSLO https://example.org/mirror.conf
USER 1000
CMD ["mirror"]
`,
  *check(build) {
    for (const { name, at, other, otherAt, installs, bothStay, again } of secondDownloaders(build)) {
      let found = finding(at, `${name} does here what ${other} does elsewhere in this stage`);
      found = found.and(otherAt, `${other} downloads here`);
      for (const install of installs) found = found.and(install, 'installed here');
      yield again || !bothStay ? found.rated({ preset: 'all' }) : found;
    }
  },
});
