import { lateBuildVariables } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'build-variable-at-runtime',
  says: 'a variable for the bundler is set where nothing is bundled',
  because:
    'The bundler has written another value, or none, into the files that the browser gets; this one changes nothing.',
  instead: 'Declare it with ARG in the stage that builds, before the build runs.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:22-alpine
WORKDIR /srv/shop
COPY --from=build /srv/shop/dist ./dist
# want: build-variable-at-runtime at "VITE_API=https://api.example.com" says "Vite"
ENV VITE_API=https://api.example.com
USER node
CMD ["node", "dist/server.js"]
`,
  good: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci
COPY . .
ARG VITE_API=https://api.example.com
RUN npm run build

FROM node:22-alpine
WORKDIR /srv/shop
COPY --from=build /srv/shop/dist ./dist
USER node
CMD ["node", "dist/server.js"]
`,
  *check(build) {
    for (const { name, at, by, reads, build: command, target } of lateBuildVariables(build)) {
      const late = by === 'global' ? 'no stage sees it without an ARG of its own' : 'here it comes too late';
      const found = finding(at, `${reads.tool} reads ${name} while it builds; ${late}`)
        .and(command, 'built here, without it')
        .and(target.from, 'this stage is the image that ships');
      yield reads.serverReadsIt && by === 'ENV' ? found.rated({ severity: 'info' }) : found;
    }
  },
});
