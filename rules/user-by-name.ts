import { namedUsers, userByNumber } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'user-by-name',
  says: 'the image names its user by name, not by number',
  because: 'Kubernetes cannot tell that a name is not root: with runAsNonRoot it refuses to start the container.',
  instead: 'Give the number: USER 1000, or USER 1000:1000 with the group.',
  category: 'security',
  severity: 'info',
  confidence: 'certain',
  preset: 'strict',
  since: '0.1.0',
  replaces: ['hadolint/DL3066'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
# want: user-by-name at "USER node" says "node is a name"
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
USER 1000
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const named of namedUsers(build))
      yield finding(
        named.user,
        `${named.account} is a name, which only the files of the image tie to a number`,
      ).mendedBy(userByNumber(build, named));
  },
});
