import { secondNodes } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'node-installed-twice',
  says: 'system packages bring Node.js to an image that has it',
  because:
    'It is tens of megabytes of another version in /usr/bin: the one of the image stands first in PATH and runs, until a program asks for /usr/bin/node.',
  instead:
    'Leave Node.js and npm to the image, and install other package managers with npm install -g, which brings no Node.js.',
  category: 'size',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
# want: node-installed-twice at "nodejs" says "nodejs, npm bring a second Node.js: node:22-alpine has one"
RUN apk add --no-cache nodejs npm
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
RUN apk add --no-cache ffmpeg
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { names, at, image, from } of secondNodes(build)) {
      const what = `${names.join(', ')} bring${names.length === 1 ? 's' : ''}`;
      yield finding(at, `${what} a second Node.js: ${image} has one`).and(from, 'this is the image');
    }
  },
});
