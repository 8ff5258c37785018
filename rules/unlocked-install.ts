import {
  driftingInstalls,
  frozenInstall,
  installOfLocked,
  type Located,
  looseInstalls,
  renewals,
  shipsToRun,
} from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

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
    const isMild = build.targets.length > 0 && !shipsToRun(build);
    for (const drifting of driftingInstalls(build)) {
      const { install, leftBehind, locked, insteadOf, frozenCall, meant } = drifting;
      const than = locked ? 'than the lockfile names' : 'in each build';
      const keeps = `${frozenCall}${locked ? '' : ', with a lockfile,'} does not`;
      const other = insteadOf === undefined ? keeps : `it runs where ${frozenCall} has failed`;
      const found =
        leftBehind === undefined
          ? finding(install.command, `this may install other versions ${than}; ${other}`)
          : without(`${leftBehind.lockfile} of the ${leftBehind.of}`, install.command, leftBehind.manifest);
      const told = leftBehind === undefined ? found.advising(frozen(frozenCall, locked)) : found;
      const rated = isMild || meant || leftBehind?.of === 'workspace' ? told.rated({ severity: 'info' }) : told;
      yield rated.mendedBy(frozenInstall(build, drifting));
    }
    for (const command of renewals(build)) {
      const found = finding(
        command,
        `this takes other versions than the lockfile names, those of the day of the build`,
      );
      const told = found.advising('Run it in the project, and commit the lockfile that comes of it.');
      yield isMild ? told.rated({ severity: 'info' }) : told;
    }
    for (const { install, call, manifest, lockfile, broughtWithout, keepsAlways } of looseInstalls(build)) {
      const takes = `${call} takes the newest versions that ${manifest} allows, in each build others`;
      const found =
        keepsAlways !== undefined
          ? finding(install.command, `this resolves anew what the lockfile does not fit; ${keepsAlways} does not`)
          : broughtWithout === undefined
            ? finding(install.command, takes)
            : without(`${lockfile} of the project`, install.command, broughtWithout);
      const rated = isMild || lockfile === undefined || keepsAlways ? found.rated({ severity: 'info' }) : found;
      yield rated.mendedBy(installOfLocked(build, install));
    }
  },
});

const frozen = (call: string, locked: boolean): string =>
  locked
    ? `Install what the lockfile says: ${call}.`
    : `Commit the lockfile, copy it, and install what it says: ${call}.`;

const without = (lockfile: string, at: Located, manifest: Located) =>
  finding(at, `${lockfile} does not come along: each build resolves versions anew`).and(
    manifest,
    'the manifest comes without it',
  );
