import { driftingInstalls, looseInstalls, purposeOf } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

/** The call that keeps to the lockfile, by manager. */
const frozenCall: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm ci'],
  ['yarn', 'yarn install --immutable (yarn 1: --frozen-lockfile)'],
  ['pnpm', 'pnpm install --frozen-lockfile'],
  ['bun', 'bun install --frozen-lockfile'],
  ['uv', 'uv sync --locked'],
  ['pipenv', 'pipenv sync'],
  ['pdm', 'pdm sync'],
]);

export default defineRule({
  id: 'unlocked-install',
  says: 'the install may change what it installs',
  because:
    'It resolves versions anew when lockfile and manifest differ, so that two builds of one commit ship different code.',
  instead:
    'Install what the lockfile says: npm ci, yarn install --immutable, pnpm install --frozen-lockfile, composer install.',
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
RUN npm ci --omit=dev && npm cache clean --force
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    const dev =
      build.targets.length > 0 && build.targets.every((target) => purposeOf(target, build.path) !== 'runtime');
    for (const { install, leftBehind, locked, insteadOf } of driftingInstalls(build)) {
      const { command, manager } = install;
      const call = frozenCall.get(manager);
      const than = locked ? 'than the lockfile names' : 'in each build';
      const keeps = `${call}${locked ? '' : ', with a lockfile,'} does not`;
      const other = insteadOf === undefined ? keeps : `it runs where ${call} has failed`;
      const found =
        leftBehind === undefined
          ? finding(command, `this may install other versions ${than}; ${other}`)
          : finding(
              command,
              `${leftBehind.lockfile} of the ${leftBehind.ofWorkspace ? 'workspace' : 'project'} does not come along: each build resolves versions anew`,
            ).and(leftBehind.manifest, 'the manifest comes without it');
      // Written out, or provided for a project that may have no lockfile, it is meant.
      const meant =
        leftBehind === undefined && (command.invocation?.frozen === false || (insteadOf !== undefined && !locked));
      yield dev || meant || leftBehind?.ofWorkspace ? found.rated({ severity: 'info' }) : found;
    }
    for (const { install, call, manifest, lockfile, broughtWithout, whenStale } of looseInstalls(build)) {
      const keeps = frozenCall.get(install.manager);
      if (whenStale && keeps !== undefined)
        yield finding(install.command, `this resolves anew what the lockfile does not fit; ${keeps} does not`).rated({
          severity: 'info',
        });
      if (whenStale) continue;
      const found =
        broughtWithout === undefined
          ? finding(install.command, `${call} takes the newest versions that ${manifest} allows, in each build others`)
          : finding(
              install.command,
              `${lockfile} of the project does not come along: each build resolves versions anew`,
            ).and(broughtWithout, 'the manifest comes without it');
      yield dev || lockfile === undefined ? found.rated({ severity: 'info' }) : found;
    }
  },
});
