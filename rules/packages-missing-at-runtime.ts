import { startsWithoutPackages } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'packages-missing-at-runtime',
  says: 'the program that starts loads packages, and none are in the image',
  because: 'A compiler leaves packages where they are: Node.js does not find the first one, and the container stops.',
  instead:
    'Install production packages in the stage that ships, copy node_modules from one that has them, or bundle them.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-slim AS build
WORKDIR /srv/shop
COPY package.json package-lock.json tsconfig.json ./
RUN npm ci
COPY src ./src
RUN npm run build

FROM node:22-slim
WORKDIR /srv/shop
COPY --from=build /srv/shop/dist ./dist
USER node
# want: packages-missing-at-runtime says "dist/server.js needs express"
CMD ["node", "dist/server.js"]
`,
  good: `FROM node:22-slim AS build
WORKDIR /srv/shop
COPY package.json package-lock.json tsconfig.json ./
RUN npm ci
COPY src ./src
RUN npm run build && npm prune --omit=dev

FROM node:22-slim
WORKDIR /srv/shop
COPY --from=build /srv/shop/node_modules ./node_modules
COPY --from=build /srv/shop/dist ./dist
USER node
CMD ["node", "dist/server.js"]
`,
  files: {
    '.dockerignore': '**/node_modules\n.git\n.env*\n',
    'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
    'package.json':
      '{"name":"shop","scripts":{"build":"tsc -p ."},"dependencies":{"express":"^5.1.0"},"devDependencies":{"typescript":"^5.8.0"}}',
    'src/server.ts': 'import express from "express";\nexpress().listen(3000);\n',
    'tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}',
  },
  *check(build) {
    for (const { command, script, packages, folder, compiled } of startsWithoutPackages(build)) {
      const [first, ...others] = packages;
      const more =
        others.length === 0 ? '' : ` and ${others.length} more ${others.length === 1 ? 'package' : 'packages'}`;
      const found = finding(command, `${script} needs ${first}${more}: no node_modules is in ${folder} or above`);
      yield compiled === undefined ? found : found.and(compiled, 'this compiles it and bundles nothing');
    }
  },
});
