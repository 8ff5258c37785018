import { type LeftWork, leftWork } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const outcomes: Readonly<Record<LeftWork['outcome'], string>> = {
  cut: 'is stopped when this RUN ends, which does not wait for it',
  unheard: 'is not waited for: it may be cut off, and its failure is lost',
  forgotten: 'may fail, and wait without a process succeeds all the same',
};

export default defineRule({
  id: 'background-work-lost',
  says: 'a RUN does not hear how its work in the background ends',
  because: 'With a RUN all that it has started ends, done or not, and the build goes on as if nothing had failed.',
  instead: 'Take the & away, or wait for each process by its number: build & one=$!; docs && wait "$one".',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
# want: background-work-lost at "npm run build" says "its failure is lost"
RUN npm run build & npm run docs

FROM nginxinc/nginx-unprivileged:1.30
COPY --from=build /srv/shop/dist /usr/share/nginx/html
`,
  good: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm run docs

FROM nginxinc/nginx-unprivileged:1.30
COPY --from=build /srv/shop/dist /usr/share/nginx/html
`,
  *check(build) {
    for (const { span, name, outcome, last } of leftWork(build)) {
      const found = finding({ span }, `${name} ${outcomes[outcome]}`);
      yield last === undefined
        ? found
        : found.and(last, outcome === 'forgotten' ? 'this waits' : 'the RUN ends with this');
    }
  },
});
