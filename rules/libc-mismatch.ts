import { foreignPackages, foreignPrograms, foreignTrees } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'libc-mismatch',
  says: 'the image has another C library than this was made for',
  because:
    'Packages with a compiled part were made for glibc or for musl (Alpine); with the other they fail when they are loaded.',
  instead: 'Install on the family of images that ships: both on Alpine, or both on Debian.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22 AS build
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force

FROM node:22-alpine
WORKDIR /srv/shop
# want: libc-mismatch at "/srv/shop/node_modules" says "sharp"
COPY --from=build /srv/shop/node_modules ./node_modules
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force

FROM node:22-alpine
WORKDIR /srv/shop
COPY --from=build /srv/shop/node_modules ./node_modules
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  files: {
    'package.json': '{ "name": "shop", "dependencies": { "express": "^5.0.0", "sharp": "^0.34.0" } }',
    'package-lock.json': '{ "lockfileVersion": 3, "packages": { "node_modules/sharp": { "version": "0.34.1" } } }',
    'server.js': 'import "express";',
    '.dockerignore': 'node_modules',
  },
  *check(build) {
    for (const { libcs, shipped, builtOn, runsOn, native, compiler } of [
      ...foreignTrees(build),
      ...foreignPackages(build),
    ]) {
      if (libcs === undefined || native?.length === 0) continue;
      const [built, runs] = libcs;
      const what = native === undefined ? 'these packages' : native.slice(0, 3).join(', ');
      const verb = native?.length === 1 ? 'was' : 'were';
      let found = finding(shipped.change, `${what} ${verb} installed for ${built}, the image has ${runs}`)
        .and(shipped.tree.install.command, 'this installed them')
        .and(builtOn.from, `${built} comes from here`)
        .and(runsOn.from, `the image that ships has ${runs}`);
      if (compiler !== undefined) found = found.and(compiler, 'a compiler was there for them');
      const guessed = native === undefined && compiler === undefined;
      yield guessed ? found.rated({ severity: 'info', confidence: 'possible' }) : found;
    }
    for (const { at, path, program, made, builtOn, runsOn, needs } of foreignPrograms(build))
      if (needs === 'musl')
        yield finding(at, `${path} was made for musl, the image has glibc`)
          .and(made, program.because)
          .and(builtOn.from, 'musl comes from here')
          .and(runsOn.from, 'the image that ships has glibc');
  },
});
