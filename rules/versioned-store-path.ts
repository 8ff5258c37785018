import { storeCopies } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'versioned-store-path',
  says: "a path into pnpm's store holds the version of a package",
  because: 'With the next version the folder has another name: COPY stops, or its files go where nothing reads them.',
  instead: 'Let prisma generate run in the stage itself, or have its output written to a folder of the project.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:24-slim AS build
WORKDIR /srv/tides
COPY package.json pnpm-lock.yaml ./
RUN npm install -g pnpm@10.34.0 && pnpm install --frozen-lockfile
COPY . .
RUN pnpm exec prisma generate && pnpm build && pnpm deploy --prod --legacy /out

FROM node:24-slim
WORKDIR /srv/tides
COPY --from=build /out ./
# want: versioned-store-path says "version 6.19.0 of @prisma/client"
COPY --from=build /srv/tides/node_modules/.prisma ./node_modules/.pnpm/@prisma+client@6.19.0_prisma@6.19.0/node_modules/.prisma
USER node
CMD ["node", "dist/server.js"]
`,
  good: `FROM node:24-slim AS build
WORKDIR /srv/tides
COPY package.json pnpm-lock.yaml ./
RUN npm install -g pnpm@10.34.0 && pnpm install --frozen-lockfile
COPY . .
RUN pnpm exec prisma generate && pnpm build && pnpm deploy --prod --legacy /out

FROM node:24-slim
WORKDIR /srv/tides
COPY --from=build /out ./
COPY --from=build /srv/tides/generated ./generated
USER node
CMD ["node", "dist/server.js"]
`,
  *check(build) {
    for (const copy of storeCopies(build))
      yield finding(copy, `the path is that of version ${copy.version} of ${copy.name} alone`).rated(
        copy.is === 'source' ? { severity: 'info' } : {},
      );
  },
});
