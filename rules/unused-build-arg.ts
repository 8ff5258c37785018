import { unusedArguments } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'unused-build-arg',
  says: 'a build argument is declared where nothing can read it',
  because: 'Whoever gives it a value believes to change the image, and changes nothing.',
  instead:
    'Take it out, or declare it in the stage and above the instruction that needs it; what runs later needs ENV.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM node:22-slim
WORKDIR /srv/shop
COPY server.js ./
USER node
# want: unused-build-arg at "APP_VERSION=dev" says "nothing after it"
ARG APP_VERSION=dev
CMD ["node", "server.js"]
`,
  good: `FROM node:22-slim
WORKDIR /srv/shop
COPY server.js ./
USER node
ARG APP_VERSION=dev
ENV APP_VERSION=$APP_VERSION
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { span, name, why, seeker } of unusedArguments(build)) {
      const reason = why === 'global' ? 'no FROM names it and no stage declares it' : 'nothing after it can read it';
      const found = finding({ span }, `${name} changes nothing: ${reason}`);
      const late = seeker === undefined || seeker.keyword === 'RUN';
      yield seeker === undefined
        ? found
        : found.and(
            seeker,
            late ? `the stage has no ARG ${name}: it is empty here` : `${seeker.keyword} runs when the build is over`,
          );
    }
  },
});
