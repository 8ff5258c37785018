/** Random Dockerfiles of a Node.js project: installs, prunes, tokens and copies in the ways that people combine them. */
import { choices, randomSource } from './random-case.ts';

export interface RandomNodeCase {
  readonly dockerfile: string;
  /** Path in the context to text, on top of the project's own files. */
  readonly files: Readonly<Record<string, string>>;
  readonly args: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly touch: string;
}

const marker = 'ORACLE_MARKER_5e1d';

const installs = [
  ...['npm ci', 'npm ci --omit=dev', 'npm ci --production', 'npm ci --only=production', 'npm install', 'npm i -P'],
  ...[
    'NODE_ENV=production npm ci',
    'NODE_ENV=production npm ci --include=dev',
    'npm ci --omit=optional',
    'npm i --silent',
  ],
  ...['npm_config_omit=dev npm ci', 'npm config set omit dev && npm ci', 'npm --prefix /app ci', 'cd /app && npm ci'],
  ...['npm ci --omit dev', 'npm install --production=false', 'sh -c "npm ci --omit=dev"', 'npm ci || npm install'],
  ...['if [ -f yarn.lock ]; then yarn; elif [ -f package-lock.json ]; then npm ci; else exit 1; fi', 'npx npm@10 ci'],
  ...['npm ci && npm cache clean --force', 'npm ci --omit=dev && npm cache clean --force && rm -rf /root/.npm/_logs'],
  'rm -rf node_modules && npm ci --omit=dev',
  'npm ci && npm run build && npm prune --omit=dev',
];
const prunes = [
  'npm prune --omit=dev',
  'npm prune',
  'npm prune --production',
  'NODE_ENV=production npm prune',
  'rm -rf node_modules',
];
const manifests = [
  'COPY package*.json ./',
  'COPY package.json package-lock.json ./',
  'COPY . .',
  'COPY ./ /app/',
  'ADD package.json package-lock.json /app/',
];
const tokenLines = [
  'RUN echo "//npm.example.test/:_authToken=$TOKEN" > .npmrc',
  'RUN echo "//npm.example.test/:_authToken=$TOKEN" > ~/.npmrc && npm ci && rm ~/.npmrc',
  'RUN echo "//npm.example.test/:_authToken=${TOKEN}" >> /root/.npmrc',
  'RUN printf "token=%s\\n" "$TOKEN" | tee .env',
  'RUN echo $TOKEN > /tmp/token && cat /tmp/token > /dev/null && rm /tmp/token',
  'RUN node -e "process.exit(0)" -- $TOKEN',
  'ENV TOKEN=$TOKEN',
  'LABEL shop.token=$TOKEN',
];
const secretLines = [
  'RUN --mount=type=secret,id=token cp /run/secrets/token .npmrc',
  'RUN --mount=type=secret,id=token cp /run/secrets/token .npmrc && rm .npmrc',
  'RUN --mount=type=secret,id=token,target=/root/.npmrc test -s /root/.npmrc',
  'RUN --mount=type=secret,id=token,env=TOKEN echo "//npm.example.test/:_authToken=$TOKEN" > /app/.npmrc',
  'RUN --mount=type=secret,id=token TOKEN=$(cat /run/secrets/token) && echo "token=$TOKEN" > .env',
  'RUN --mount=type=secret,id=token cat /run/secrets/token | base64 > /opt/key',
];
const removals = ['RUN rm -f .npmrc', 'RUN rm -f /root/.npmrc .env', 'RUN rm -rf /app/.npmrc /app/.env'];
const copies = [
  ...[
    'COPY --from=build /app /app',
    'COPY --from=build /app/ ./',
    'COPY --from=build /app/node_modules ./node_modules',
  ],
  ...['COPY --from=build /app/src ./src', 'COPY --from=build /app/package*.json ./', 'COPY --from=build /root /root'],
  ...[
    'COPY --from=build /app/dist* ./',
    'COPY --from=build /app/node_modules/is-odd /app/lib/is-odd',
    'COPY --from=build /app/.* ./',
  ],
];

export function randomNodeCase(seed: number): RandomNodeCase {
  const random = randomSource(seed);
  const { pick, maybe } = choices(random);
  const withToken = random() < 0.4;
  const withSecret = !withToken && random() < 0.4;
  const inContext = !withToken && !withSecret && random() < 0.4;
  const tokens = (share: number): readonly string[] => {
    if (withToken) return maybe(share, () => `ARG TOKEN\n${pick(tokenLines)}`);
    return withSecret ? maybe(share, () => pick(secretLines)) : [];
  };
  const project = (share: number): readonly string[] => [
    ...maybe(0.3, () => pick(['ENV NODE_ENV=production', 'ARG NODE_ENV=production', 'ENV NODE_ENV=development'])),
    pick(manifests),
    ...(inContext ? maybe(0.7, () => pick(['COPY .npmrc ./', 'COPY .npm* ./', 'COPY .* ./'])) : []),
    ...tokens(share),
    `RUN ${pick(installs)}`,
    ...maybe(0.4, () => pick(['COPY src ./src', 'COPY . .'])),
    ...maybe(0.2, () => 'RUN npm run build'),
    ...maybe(0.3, () => `RUN ${pick(prunes)}`),
    ...(withToken || withSecret || inContext ? maybe(0.3, () => pick(removals)) : []),
    ...maybe(0.1, () => 'ENV NODE_ENV=production'),
  ];
  const stages: string[][] = [];
  const multi = random() < 0.7;
  if (multi) stages.push(['FROM node:20-alpine AS build', 'WORKDIR /app', ...project(0.6)]);
  if (random() < 0.15) stages.push(['FROM node:20-alpine AS lint', 'WORKDIR /app', 'COPY src ./src']);
  const inherits = multi && random() < 0.25;
  const last = [inherits ? 'FROM build' : 'FROM node:20-alpine', ...maybe(inherits ? 0.2 : 1, () => 'WORKDIR /app')];
  if (multi && !inherits) {
    last.push(...maybe(0.3, () => 'ENV NODE_ENV=production'), pick(copies), ...maybe(0.4, () => pick(copies)));
    last.push(...tokens(0.2), ...maybe(0.2, () => `RUN ${pick(prunes)}`));
  } else if (!multi) last.push(...project(0.7));
  last.push(
    ...maybe(0.6, () => pick(['USER node', 'USER 1000', 'USER root', 'USER node:node'])),
    'CMD ["node", "src/index.js"]',
  );
  stages.push(last);
  const ignore =
    random() < 0.3
      ? pick(['node_modules\n', '.npmrc\n', '*\n!src\n!package*.json\n', 'node_modules\n.env\n.npmrc\n'])
      : '';
  return {
    dockerfile: `${stages.map((lines) => lines.join('\n')).join('\n\n')}\n`,
    files: {
      ...(inContext ? { '.npmrc': `//npm.example.test/:_authToken=${marker}\n` } : {}),
      ...(ignore === '' ? {} : { '.dockerignore': ignore }),
    },
    args: withToken ? { TOKEN: marker } : {},
    secrets: withSecret ? { token: marker } : {},
    touch: 'src/index.js',
  };
}

export const randomMarker = marker;
