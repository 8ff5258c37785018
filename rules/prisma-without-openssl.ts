import { prismaWithoutOpenssl } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'prisma-without-openssl',
  says: 'the image has no OpenSSL, which the engine of Prisma needs',
  because:
    'Before version 7 @prisma/client loads an engine that is linked to libssl: without it the first query fails.',
  instead: 'Install openssl in the stage that ships, and in the one that runs prisma generate.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-bookworm-slim
WORKDIR /srv/tides
COPY package.json package-lock.json ./
COPY prisma prisma
# want: prisma-without-openssl at "npm ci --omit=dev" says "node:22-bookworm-slim has no libssl"
RUN npm ci --omit=dev && npm cache clean --force
COPY src src
USER node
CMD ["node", "src/server.js"]
`,
  good: `FROM node:22-bookworm-slim
RUN apt-get update \\
    && apt-get install -y --no-install-recommends openssl \\
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/tides
COPY package.json package-lock.json ./
COPY prisma prisma
RUN npm ci --omit=dev && npm cache clean --force
COPY src src
USER node
CMD ["node", "src/server.js"]
`,
  files: {
    '.dockerignore': 'node_modules\n.git\n.env*\n',
    'package.json': '{"name":"tides","dependencies":{"@prisma/client":"^6.1.0","prisma":"^6.1.0"}}',
    'package-lock.json': '{"lockfileVersion":3,"packages":{"":{"name":"tides"}}}',
    'prisma/schema.prisma': 'generator client {\n  provider = "prisma-client-js"\n}\n',
    'src/server.js': 'process.exit(0);',
  },
  *check(build) {
    for (const { span, image, range, root } of prismaWithoutOpenssl(build))
      yield finding({ span }, `${image} has no libssl, without which @prisma/client ${range} makes no query`).and(
        root.from,
        'this is the image',
      );
  },
});
