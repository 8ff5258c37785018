import { dollarReference, mistypedReferences } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'mistyped-variable-reference',
  says: 'a variable is not named as it is read, $NAME',
  because:
    'BuildKit and shells know $NAME and ${NAME} only: the text itself becomes the value, the path or the account, and $$ the number of a process.',
  instead: 'Write ${NAME}.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
ARG RELEASE
# want: mistyped-variable-reference at "&RELEASE" says "the text &RELEASE"
ENV SHOP_RELEASE=&RELEASE
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
ARG RELEASE
ENV SHOP_RELEASE=\${RELEASE}
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const reference of mistypedReferences(build)) {
      const { name, text, declared, isDoubled } = reference;
      const comes = isDoubled ? `the shell puts its process number and {${name}} here` : `this holds the text ${text}`;
      const found = finding(reference, `${comes}, not the value of ${name}`).mendedBy(
        dollarReference(build, reference),
      );
      yield declared === undefined ? found : found.and(declared, `${name} is set here`);
    }
  },
});
