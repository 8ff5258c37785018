import { type Install, installsIn, purposeOf } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

/** The call that keeps to the lockfile, by manager. */
const locked: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm ci'],
  ['yarn', 'yarn install --immutable (yarn 1: --frozen-lockfile)'],
  ['pnpm', 'pnpm install --frozen-lockfile'],
  ['bun', 'bun install --frozen-lockfile'],
]);

const mayDrift = ({ node, frozen, lockfile, follows, adds, command }: Install): boolean =>
  node &&
  frozen === 'no' &&
  lockfile !== 'absent' &&
  (follows === undefined || follows.command.invocation?.operation === 'fetch') &&
  adds.length === 0 &&
  command.step.stage.reachable &&
  command.invocation?.operation === 'install' &&
  !command.invocation.offline;

export default defineRule({
  id: 'unlocked-install',
  says: 'the install may change what it installs',
  because:
    'It resolves versions anew when lockfile and manifest differ, so that two builds of one commit ship different code.',
  instead: 'Install what the lockfile says: npm ci, yarn install --immutable, pnpm install --frozen-lockfile.',
  category: 'reproducibility',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
# want: unlocked-install at "npm install --omit=dev" says "npm ci"
RUN npm install --omit=dev
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    const dev =
      build.targets.length > 0 && build.targets.every((target) => purposeOf(target, build.path) !== 'runtime');
    for (const install of installsIn(build)) {
      if (!mayDrift(install)) continue;
      const found = finding(
        install.command,
        `this may install other versions than the lockfile names; ${locked.get(install.manager)} does not`,
      );
      yield dev ? found.rated({ severity: 'info' }) : found;
    }
  },
});
