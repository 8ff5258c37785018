import { homelessCopies, workdirOfBase } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'copy-without-workdir',
  says: 'files are copied to a relative path, and no WORKDIR is set',
  because: 'They land wherever the base image works, mostly in the root of the file system among its own folders.',
  instead: 'Set WORKDIR /srv/shop before, or copy to an absolute path.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL3045'],
  bad: `FROM node:22-alpine
# want: copy-without-workdir at "./" says "in /"
COPY package.json server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const copy of homelessCopies(build)) {
      const { span, path, leadsTo, base, ships } = copy;
      const fix = workdirOfBase(build, copy);
      switch (base) {
        case 'root':
          yield finding(
            { span },
            `${path} is ${leadsTo} here: the files land in / among the folders of the system`,
          ).rated({
            severity: ships ? 'warning' : 'info',
          });
          break;
        case 'own':
          yield finding({ span }, `${path} is ${leadsTo} as long as the base image works there`)
            .mendedBy(fix)
            .rated(quiet);
          break;
        case 'none':
          yield finding({ span }, `${path} is ${leadsTo}, an absolute path says so`).mendedBy(fix).rated(quiet);
          break;
        case 'unknown':
          yield finding(
            { span },
            `${path} is below the working directory of a base image that is not known here`,
          ).rated({
            ...quiet,
            confidence: 'possible',
          });
      }
    }
  },
});

const quiet = { severity: 'info', preset: 'strict' } as const;
