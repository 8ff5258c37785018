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
    for (const late of lateBuildVariables(build)) {
      const { name, value, reads } = late;
      const found = finding(value, `${reads.tool} reads ${name} while it builds; here it comes too late`)
        .and(late.build, 'built here, without it')
        .and(late.target.from, 'this stage is the image that ships');
      yield reads.serverReadsIt ? found.rated({ severity: 'info' }) : found;
    }
  },
});
