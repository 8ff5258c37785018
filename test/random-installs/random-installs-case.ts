/** Random Dockerfiles of projects that pnpm, Yarn, Bun or npm installs, alone or as a workspace: what of it is for development. */
import { choices, randomSource } from '../random-builds/random-case.ts';

export interface RandomInstallsCase {
  readonly dockerfile: string;
  /** The package whose program does the installs, with its version. */
  readonly tool: string;
  /** The project in fixtures/random-installs. */
  readonly project: 'app' | 'workspace';
  /** Name in the context to the file of the project that stands there. */
  readonly lockfile: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

interface Manager {
  /** As `npm install -g` takes it; `npm` where it is there already. */
  readonly tool: string;
  readonly lockfile: Readonly<Record<string, string>>;
  readonly installs: readonly string[];
  readonly again: readonly string[];
  /** Of a workspace with the members @shop/api and @shop/web. */
  readonly ofWorkspace: readonly string[];
  readonly files: readonly Readonly<Record<string, string>>[];
}

const pnpm = (version: string): Manager => ({
  tool: `pnpm@${version}`,
  lockfile: { 'pnpm-lock.yaml': 'pnpm-lock.yaml' },
  installs: [
    ...[
      'pnpm install --frozen-lockfile',
      'pnpm i',
      'pnpm i --prod',
      'pnpm install --frozen-lockfile --prod',
      'pnpm i -P',
    ],
    ...['NODE_ENV=production pnpm i', 'pnpm i --prod=false', 'pnpm i --dev', 'pnpm i -D', 'pnpm i --no-optional'],
    ...['pnpm fetch && pnpm i --offline', 'pnpm fetch --prod && pnpm i --offline --prod', 'pnpm fetch --prod'],
    ...['npm_config_production=true pnpm i', 'pnpm config set production true && pnpm i', 'pnpm i --production'],
    ...['pnpm --dir /app i --prod', 'pnpm -C /app i', 'cd /app && pnpm i --prod', 'pnpm i --ignore-scripts --prod'],
    ...['pnpm i --shamefully-hoist --prod', 'pnpm i --node-linker=hoisted', 'pnpm i --node-linker=hoisted --prod'],
    ...['pnpm add is-even@1.0.0', 'pnpm add -D is-even@1.0.0', 'pnpm add --prod is-even@1.0.0', 'pnpm ci'],
    ...[
      'CI=true pnpm i',
      'CI=true pnpm i --prod',
      'pnpm i --prod --no-optional',
      'npm_config_node_linker=hoisted pnpm i',
    ],
    ...[
      'npm_config_shamefully_hoist=true pnpm i --prod',
      'pnpm fetch && pnpm i --offline --prod',
      'pnpm i --lockfile-only',
    ],
    ...['pnpm config set --location=project node-linker hoisted && pnpm i', 'pnpm i --no-lockfile --prod'],
  ],
  again: [
    ...['pnpm prune --prod', 'pnpm prune', 'CI=true pnpm prune --prod', 'pnpm i --prod', 'CI=true pnpm i --prod'],
    ...['pnpm i', 'rm -rf node_modules && pnpm i --prod', 'pnpm prune --no-optional'],
    ...['pnpm store prune', 'pnpm i --prod --offline', 'NODE_ENV=production pnpm prune', 'pnpm install --prod --force'],
    ...['rm -rf node_modules packages/*/node_modules', 'pnpm rebuild', 'pnpm dedupe'],
    ...[
      'CI=1 pnpm prune --prod --no-optional',
      'CI=true pnpm i --prod --offline',
      'pnpm remove left-pad',
      'pnpm up --prod',
    ],
    ...[
      'rm -rf node_modules && pnpm i --prod --offline',
      'pnpm uninstall -D left-pad',
      'pnpm install --prod --ignore-scripts',
    ],
  ],
  ofWorkspace: [
    ...[
      'pnpm -r install',
      'pnpm --filter @shop/api install',
      'pnpm --filter @shop/api install --prod',
      'pnpm -r i --prod',
    ],
    ...[
      'pnpm i && pnpm --filter @shop/api deploy --prod --legacy /out',
      'pnpm i && pnpm --filter @shop/api deploy /out',
    ],
    ...[
      'pnpm --filter @shop/api deploy --prod /out',
      'pnpm --filter "@shop/api..." i --prod',
      'pnpm --prod --filter=api i',
    ],
    ...['pnpm i && pnpm -F api --prod deploy --legacy /out && rm -rf node_modules packages/*/node_modules'],
    ...['cd packages/api && pnpm i --prod', 'pnpm i --filter @shop/web --prod', 'pnpm -w i --prod'],
    ...['pnpm --filter @shop/api... i', 'pnpm --filter "!@shop/web" i --prod', 'pnpm -C packages/api i --prod'],
    ...['pnpm fetch --prod && pnpm i -r --offline --prod', 'pnpm i && CI=true pnpm -r prune --prod'],
    ...['pnpm i -r --prod --filter @shop/api --filter @shop/web', 'pnpm --dir packages/web i --prod'],
    ...['pnpm i && pnpm --filter=@shop/web --prod deploy /app/out', 'pnpm -r --prod i --offline || pnpm -r --prod i'],
  ],
  files: [
    ...[{}, {}, {}, { '.npmrc': 'production=true\n' }, { '.npmrc': 'node-linker=hoisted\n' }],
    { '.npmrc': 'shamefully-hoist=true\n' },
    ...[{ '.npmrc': 'omit=dev\n' }, { '.npmrc': 'include=dev\nnode-linker=hoisted\n' }, { '.npmrc': 'dev=false\n' }],
    ...[{ '.npmrc': 'confirm-modules-purge=false\n' }, { '.npmrc': 'inject-workspace-packages=true\n' }],
  ],
});

const managers: readonly Manager[] = [
  pnpm('9.15.9'),
  pnpm('10.34.0'),
  {
    tool: 'yarn@1.22.22',
    lockfile: { 'yarn.lock': 'yarn.lock' },
    installs: [
      ...[
        'yarn',
        'yarn install --frozen-lockfile',
        'yarn --prod',
        'yarn install --production',
        'yarn install --production=true',
      ],
      ...[
        'NODE_ENV=production yarn',
        'NODE_ENV=production yarn install --production=false',
        'yarn --cwd /app install --production',
      ],
      ...[
        'yarn config set production true && yarn',
        'yarn --pure-lockfile --prod',
        'YARN_PRODUCTION=true yarn',
        'yarn --dev',
      ],
      ...['npm_config_production=true yarn', 'yarn --ignore-optional', 'yarn install --flat', 'yarn add is-even@1.0.0'],
      ...[
        'yarn add --dev is-even@1.0.0',
        'yarn install --prod --modules-folder /app/node_modules',
        'yarn import || yarn',
      ],
      ...[
        'yarn && yarn cache clean',
        'yarn install --production --ignore-scripts --prefer-offline',
        'yarn add -P is-even',
      ],
      ...[
        'CI=true yarn',
        'yarn install --production --ignore-optional',
        'NPM_CONFIG_PRODUCTION=true yarn --frozen-lockfile',
      ],
      ...['npm_config_only=prod yarn', 'NODE_ENV=development yarn --prod', 'yarn --production=false', 'yarn -s --prod'],
    ],
    again: [
      ...[
        'yarn install --production',
        'yarn --prod --ignore-scripts --prefer-offline',
        'NODE_ENV=production yarn',
        'yarn',
      ],
      ...['rm -rf node_modules && yarn --prod', 'npm prune --production', 'yarn autoclean --force'],
      ...['yarn cache clean', 'yarn install --force --production', 'npm prune --omit=dev', 'yarn check || true'],
      ...[
        'yarn remove left-pad',
        'yarn --cwd . --prod',
        'yarn install --production --offline',
        'npm uninstall left-pad',
      ],
      ...['rm -rf ./node_modules/ && NODE_ENV=production yarn install --frozen-lockfile', 'yarn upgrade --prod'],
    ],
    ofWorkspace: [
      ...[
        'yarn workspace @shop/api install --production',
        'yarn workspaces run install',
        'yarn --cwd packages/api --prod',
      ],
      ...[
        'yarn install --production --focus',
        'cd packages/api && yarn install --production',
        'yarn workspace @shop/api add is-even',
      ],
      ...['cd packages/api && yarn install --production --focus'],
      ...['yarn workspaces focus --production', 'yarn workspace @shop/web remove is-even', 'yarn --cwd=packages/web'],
    ],
    files: [
      {},
      {},
      {},
      { '.yarnrc': 'production true\n' },
      { '.npmrc': 'production=true\n' },
      { '.yarnrc': '--install.production true\n' },
      ...[{ '.npmrc': 'omit=dev\n' }, { '.npmrc': 'only=prod\n' }, { '.yarnrc': '--modules-folder ./node_modules\n' }],
    ],
  },
  {
    tool: '@yarnpkg/cli-dist@4.18.1',
    lockfile: { 'yarn.lock': 'berry.lock' },
    installs: [
      ...[
        'yarn',
        'yarn install --immutable',
        'yarn workspaces focus --production',
        'yarn workspaces focus --all --production',
      ],
      ...[
        'NODE_ENV=production yarn install',
        'yarn workspaces focus',
        'yarn workspaces focus --all',
        'yarn add is-even@1.0.0',
      ],
      ...[
        'yarn install --immutable --mode=skip-build',
        'yarn add -D is-even@1.0.0',
        'YARN_NODE_LINKER=node-modules yarn',
      ],
      ...['yarn install --mode=update-lockfile', 'yarn --cwd /app install', 'yarn install --inline-builds'],
      ...[
        'CI=true yarn',
        'yarn --cwd=/app install',
        'YARN_NODE_LINKER=pnpm yarn',
        'yarn config set nodeLinker pnpm && yarn',
      ],
      ...['npm_config_production=true yarn install', 'yarn remove left-pad', 'yarn add -P is-even@1.0.0'],
    ],
    again: [
      ...['yarn workspaces focus --production', 'yarn workspaces focus --all --production', 'yarn'],
      ...[
        'rm -rf node_modules && yarn workspaces focus --production',
        'yarn cache clean',
        'npm prune --omit=dev',
        'yarn dedupe',
      ],
      ...[
        'rm -rf node_modules && yarn install --immutable',
        'yarn remove left-pad',
        'yarn workspaces focus -A --production',
      ],
      ...['yarn rebuild', 'CI=1 yarn workspaces focus --all --production && yarn cache clean --all'],
    ],
    ofWorkspace: [
      ...[
        'yarn workspaces focus @shop/api --production',
        'yarn workspaces focus @shop/api',
        'yarn workspace @shop/api install',
      ],
      ...[
        'cd packages/api && yarn workspaces focus --production',
        'yarn workspaces foreach -A run build; yarn install',
      ],
      ...['yarn workspaces focus @shop/api @shop/web --production', 'cd packages/api && yarn'],
      ...['yarn --cwd packages/api workspaces focus --production', 'yarn workspaces focus shop --production'],
      ...[
        'yarn workspaces foreach -A exec true && yarn workspaces focus @shop/web',
        'yarn workspace @shop/web add is-odd',
      ],
    ],
    files: [{ '.yarnrc.yml': 'nodeLinker: node-modules\n' }, { '.yarnrc.yml': 'nodeLinker: pnpm\n' }],
  },
  {
    tool: 'bun@1.3.14',
    lockfile: { 'bun.lock': 'bun.lock' },
    installs: [
      ...[
        'bun install',
        'bun install --frozen-lockfile',
        'bun install --production',
        'bun i --frozen-lockfile --production',
      ],
      ...[
        'NODE_ENV=production bun install',
        'bun i --omit=dev',
        'bun i --omit dev',
        'bun i --omit=optional',
        'bun install -p',
      ],
      ...[
        'bun ci',
        'bun add is-even@1.0.0',
        'bun add -d is-even@1.0.0',
        'bun install --cwd /app --production',
        'bun i --no-save',
      ],
      ...['bun install --production --ignore-scripts', 'bun --cwd=/app install', 'BUN_INSTALL_PRODUCTION=1 bun i'],
      ...[
        'CI=true bun install',
        'bun i --production --omit=optional',
        'bun remove left-pad',
        'bun install --omit=dev --omit=peer',
      ],
      ...[
        'bun i --backend=copyfile --production',
        'npm_config_omit=dev bun install',
        'bun i --linker=hoisted --production',
      ],
    ],
    again: [
      ...['bun install --production', 'rm -rf node_modules && bun i --production', 'bun install'],
      ...['bun pm cache rm', 'bun i --omit=dev --force', 'npm prune --omit=dev'],
      ...[
        'rm -rf node_modules && bun install --frozen-lockfile --omit=dev',
        'bun remove left-pad',
        'bun update --production',
      ],
      ...['rm -fr node_modules; bun i', 'bun i --production --force'],
    ],
    ofWorkspace: [
      ...[
        "bun install --filter '@shop/api' --production",
        'bun install --filter @shop/api',
        'cd packages/api && bun i --production',
      ],
      ...[
        "bun install --filter './packages/api'",
        'bun install --linker isolated --production',
        'bun install --linker isolated',
      ],
      ...[
        'bun --cwd packages/api install --production',
        "bun i --filter '!@shop/web'",
        "bun i --filter './packages/*' --production",
      ],
      ...["bun i --filter 'shop'", "bun install -p --filter '@shop/*'"],
    ],
    files: [{}, {}, { 'bunfig.toml': '[install]\nproduction = true\n' }, { 'bunfig.toml': '[install]\ndev = false\n' }],
  },
  {
    tool: 'npm',
    lockfile: { 'package-lock.json': 'package-lock.json' },
    installs: [
      ...[
        'npm ci',
        'npm ci --omit=dev',
        'npm i',
        'npm install --only=prod',
        'npm ci --production',
        'NODE_ENV=production npm i',
      ],
      ...[
        'npm add is-even',
        'npm i -D is-even',
        'npm install --omit=dev --include=dev',
        'npm it',
        'npm ci --install-strategy=nested',
      ],
      ...[
        'npm ci --install-strategy=linked --omit=dev',
        'npm i --no-package-lock --omit=dev',
        'npm install-clean --omit=dev',
      ],
      ...['npm_config_production=true npm ci', 'NPM_CONFIG_OMIT=dev npm ci', 'npm ci --include=dev --production'],
      ...[
        'CI=true npm ci',
        'npm --prefix /app ci --omit=dev',
        'npm -C /app ci',
        'npm --prefix=. i --omit=dev',
        'npm ci -C . --omit=dev',
      ],
      ...[
        'npm_config_include=dev npm ci --omit=dev',
        'NPM_CONFIG_INCLUDE=dev npm ci --production',
        'npm i --package-lock-only',
      ],
      ...[
        'npm ci --only=production',
        'npm i --omit dev --omit optional',
        'npm ci --no-optional --production',
        'npm i --dev',
      ],
      ...[
        'npm config set omit dev && npm ci',
        'npm config set omit=dev --location=project && npm i',
        'npm ci --dry-run --omit=dev || npm ci',
      ],
    ],
    again: [
      ...['npm prune --omit=dev', 'npm prune --production', 'npm i --omit=dev', 'npm prune'],
      ...['npm ci --omit=dev', 'npm dedupe --omit=dev', 'npm update --omit=dev', 'npm rebuild'],
      ...['NODE_ENV=production npm prune', 'npm install --production', 'npm audit fix || true'],
      ...[
        'npm uninstall left-pad',
        'npm rm left-pad --no-save',
        'npm install is-even@1.0.0',
        'npm install --omit=dev is-even@1.0.0',
      ],
      ...[
        'rm -rf node_modules && npm ci --omit=dev',
        'npm prune --omit=dev --omit=optional',
        'npm i --no-save is-even',
      ],
      ...[
        'npm dedupe',
        'npm ci',
        'npm prune is-odd',
        'npm prune left-pad',
        'npm update',
        'npm ci --dry-run --omit=dev',
      ],
      ...[
        'npm -C /app prune --omit=dev',
        'npm --prefix /app prune --production',
        'npm prune --json --omit=dev --dry-run',
      ],
    ],
    ofWorkspace: [
      ...[
        'npm ci -w @shop/api --omit=dev',
        'npm i -w packages/api',
        'npm ci --workspaces --omit=dev',
        'npm i --workspace=@shop/api',
      ],
      ...['npm ci --omit=dev --include-workspace-root=false -w @shop/web', 'npm ci --omit=dev -ws --if-present'],
      ...[
        'cd packages/api && npm i --omit=dev',
        'npm --prefix packages/api install --omit=dev',
        'npm ci --workspaces=false',
      ],
      ...[
        'npm -w @shop/api ci --omit=dev',
        'npm i -w @shop/api --omit=dev is-even',
        'npm -C packages/web i --omit=dev',
      ],
      ...[
        'npm ci && npm prune -w @shop/api --omit=dev',
        'npm i --omit=dev --include-workspace-root',
        'npm uninstall -w @shop/web left-pad',
      ],
      ...['npm ci && npm prune --omit=dev --workspaces', 'npm ci && npm prune --omit=dev --workspaces=false'],
    ],
    files: [
      {},
      {},
      {},
      { '.npmrc': 'omit=dev\n' },
      { '.npmrc': 'production=true\n' },
      { '.npmrc': 'include=dev\nomit=dev\n' },
      { '.npmrc': 'only=production\n' },
      { '.npmrc': 'omit[]=dev\nomit[]=optional\n' },
      { '.npmrc': 'install-strategy=linked\n' },
    ],
  },
];

const copies = [
  ...['COPY --from=build /app /app', 'COPY --from=build /app/node_modules ./node_modules', 'COPY --from=build /app ./'],
  ...[
    'COPY --from=build /app/packages ./packages',
    'COPY --from=build /out /app',
    'COPY --from=build /app/package*.json ./',
  ],
  ...['COPY --from=build /app/node_modules/.bin ./node_modules/.bin', 'COPY --from=build /app/packages/api /app'],
  ...['COPY --from=build /app/packages/api/node_modules ./node_modules', 'COPY . .'],
];

const settings = [
  ...['ENV CI=true', 'ENV CI=true', 'ENV CI=1', 'ENV npm_config_production=true', 'ENV NPM_CONFIG_OMIT=dev'],
  ...['ENV npm_config_include=dev', 'ENV npm_config_node_linker=hoisted', 'ENV NPM_CONFIG_PRODUCTION=false'],
  ...['ENV npm_config_shamefully_hoist=true', 'ENV YARN_PRODUCTION=true', 'ARG CI=true', 'ENV npm_config_omit='],
];

export function randomInstallsCase(seed: number): RandomInstallsCase {
  const random = randomSource(seed);
  const { pick, maybe } = choices(random);
  const manager = pick(managers);
  const project = random() < 0.5 ? 'app' : 'workspace';
  const install = (): string =>
    pick(project === 'workspace' && random() < 0.5 ? manager.ofWorkspace : manager.installs);
  const tool = /^(?:npm$|yarn@1)/.test(manager.tool) ? [] : [`RUN npm install -g ${manager.tool}`];
  const installing = [
    ...tool,
    ...maybe(0.25, () => pick(['ENV NODE_ENV=production', 'ARG NODE_ENV=production', 'ENV NODE_ENV=development'])),
    ...maybe(0.25, () => pick(settings)),
    'COPY . .',
    `RUN ${install()}`,
    ...maybe(0.15, () => 'ENV NODE_ENV=production'),
    ...maybe(0.5, () => `RUN ${pick(manager.again)}`),
  ];
  const build = ['FROM node:20-alpine AS build', 'WORKDIR /app', ...installing];
  const stages = [build];
  const roll = random();
  if (roll < 0.3) stages.push(['FROM node:20-alpine', 'WORKDIR /app', pick(copies), ...maybe(0.4, () => pick(copies))]);
  else if (roll < 0.4) stages.push(['FROM build', `RUN ${pick(manager.again)}`]);
  else if (roll < 0.55) {
    const again = pick(random() < 0.5 ? manager.again : manager.installs);
    stages.push(['FROM node:20-alpine', 'WORKDIR /app', ...tool, pick(copies), `RUN ${again}`]);
  }
  return {
    dockerfile: `${stages.map((lines) => lines.join('\n')).join('\n\n')}\n`,
    tool: manager.tool,
    project,
    lockfile: random() < 0.85 ? manager.lockfile : {},
    files: pick(manager.files),
  };
}
