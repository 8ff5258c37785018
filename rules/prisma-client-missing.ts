import { missingPrismaClients } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'prisma-client-missing',
  says: 'the packages that ship lack the client that prisma generate makes',
  because: 'No lockfile brings it: the program stops with "@prisma/client did not initialize yet" at its first query.',
  instead: 'Run npx prisma generate behind the install whose packages ship, or copy prisma before it.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:24-slim AS build
WORKDIR /srv/shop
COPY package.json package-lock.json ./
COPY prisma prisma
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-slim
WORKDIR /srv/shop
COPY package.json package-lock.json ./
# want: prisma-client-missing at "npm ci --omit=dev" says "nothing runs prisma generate"
RUN npm ci --omit=dev && npm cache clean --force
COPY --from=build /srv/shop/dist dist
USER node
CMD ["node", "dist/server.js"]
`,
  good: `FROM node:24-slim AS build
WORKDIR /srv/shop
COPY package.json package-lock.json ./
COPY prisma prisma
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-slim
WORKDIR /srv/shop
COPY package.json package-lock.json ./
COPY prisma prisma
RUN npm ci --omit=dev && npm cache clean --force
COPY --from=build /srv/shop/dist dist
USER node
CMD ["node", "dist/server.js"]
`,
  files: {
    '.dockerignore': 'node_modules\n.git\n.env\nDockerfile\n',
    'package.json':
      '{"name":"shop","scripts":{"build":"tsc"},"dependencies":{"@prisma/client":"^6.1.0"},"devDependencies":{"prisma":"^6.1.0","typescript":"^5.9.0"}}',
    'package-lock.json': '{"lockfileVersion":3,"packages":{"":{"name":"shop"}}}',
    'prisma/schema.prisma': 'generator client {\n  provider = "prisma-client-js"\n}\n',
    'src/server.ts': 'process.exit(0);',
  },
  *check(build) {
    for (const { install, target, generatedBy } of missingPrismaClients(build)) {
      const found = finding(
        install.command,
        'nothing runs prisma generate for these packages: @prisma/client stops at its first use',
      ).and(target.from, 'this stage is the image that ships');
      yield generatedBy === undefined ? found : found.and(generatedBy, 'this makes a client that does not ship');
    }
  },
});
