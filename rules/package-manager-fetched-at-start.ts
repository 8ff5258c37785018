import { fetchedManagers, purposeOf } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'package-manager-fetched-at-start',
  says: 'the container downloads its package manager each time it starts',
  because:
    'corepack enable writes shims only: without the registry the container does not start, and each download may be another version.',
  instead:
    'Start the program itself, or run corepack install -g with the version after USER, or below a COREPACK_HOME that this user reads.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-slim
RUN corepack enable
WORKDIR /srv/shop
COPY package.json ./
COPY dist ./dist
USER node
# want: package-manager-fetched-at-start says "corepack has no pnpm"
CMD ["pnpm", "start"]
`,
  good: `FROM node:22-slim
RUN corepack enable
WORKDIR /srv/shop
COPY package.json ./
COPY dist ./dist
USER node
CMD ["node", "dist/server.js"]
`,
  *check(build) {
    for (const { target, command, manager, shim, fetchedFor } of fetchedManagers(build)) {
      const found =
        fetchedFor === undefined
          ? finding(command, `corepack has no ${manager} in this image, only the shim of that name`).and(
              shim,
              'this makes the shim',
            )
          : finding(command, `corepack has ${manager} in the home of another user than the one that starts here`).and(
              fetchedFor,
              'this downloads it',
            );
      const ships = found.and(target.from, 'this is the image that ships');
      yield purposeOf(target, build.path) === 'runtime' ? ships : ships.rated({ severity: 'info' });
    }
  },
});
