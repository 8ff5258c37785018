import { doubleQuoted, quotedVariables } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'single-quoted-variable',
  says: 'single quotes keep a test from seeing the value of a variable',
  because: 'The test is about the text $NAME itself: it always comes out the same, and one of the two ways never runs.',
  instead: 'Write double quotes: [ -z "$NAME" ].',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
ARG REGISTRY
# want: single-quoted-variable at "'$REGISTRY'" says "always true"
RUN if [ -n '$REGISTRY' ]; then npm config set registry "$REGISTRY"; fi
RUN npm ci --omit=dev && npm cache clean --force
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
ARG REGISTRY
RUN if [ -n "$REGISTRY" ]; then npm config set registry "$REGISTRY"; fi
RUN npm ci --omit=dev && npm cache clean --force
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const variable of quotedVariables(build)) {
      const { text, name, outcome } = variable;
      yield finding(
        variable,
        `this is the text ${text}, not the value of ${name}: the test is always ${outcome}`,
      ).mendedBy(doubleQuoted(build, variable));
    }
  },
});
