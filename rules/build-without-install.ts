import { missingInstalls } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'build-without-install',
  says: 'a package script runs where no packages have been installed',
  because: 'The program that the script calls comes with a package: it is not found, and the build stops.',
  instead:
    'Copy the manifest and lockfile and install before the script, or copy node_modules from the stage that has them.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-slim AS build
WORKDIR /srv/shop
COPY package.json vite.config.js index.html ./
COPY src ./src
# want: build-without-install at "npm run build" says "vite"
RUN npm run build
FROM nginxinc/nginx-unprivileged:stable-alpine
COPY --from=build /srv/shop/dist /usr/share/nginx/html
`,
  good: `FROM node:22-slim AS build
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci
COPY vite.config.js index.html ./
COPY src ./src
RUN npm run build
FROM nginxinc/nginx-unprivileged:stable-alpine
COPY --from=build /srv/shop/dist /usr/share/nginx/html
`,
  files: {
    'package.json': '{ "scripts": { "build": "vite build" }, "devDependencies": { "vite": "^7.0.0" } }',
    'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }',
    'vite.config.js': 'export default {}',
    'index.html': '<script type="module" src="/src/main.js"></script>',
    'src/main.js': 'console.log("shop")',
  },
  *check(build) {
    for (const { span, script, program, package: name, folder } of missingInstalls(build))
      yield finding({ span }, `${script} calls ${program} of the package ${name}, and nothing has filled ${folder}`);
  },
});
