import { absentPrograms } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'program-not-in-image',
  says: 'a RUN calls a program that its image does not have',
  because: 'The shell does not find it, and the build stops.',
  instead: 'Install it before, copy it from an image that has it, or call what this image has.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:24-slim
# want: program-not-in-image at "apk" says "node:24-slim has no apk"
RUN apk add --no-cache git
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:24-slim
RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const call of absentPrograms(build)) {
      const { instead, broughtBy, until, quoted } = call;
      const name = quoted ? `"${call.program}"` : call.program;
      const found = finding(call, `${call.image} has no ${name}`).and(call.from, 'this is the image');
      if (quoted) {
        yield found.advising('One pair of quotes makes the name of one program of it: write each word for itself.');
        continue;
      }
      if (until !== undefined)
        yield found.advising(
          `From Node.js ${until} on it does not come along: npm install -g pnpm@10, or yarn, in its place.`,
        );
      else if (broughtBy !== undefined)
        yield found.advising(`Ubuntu has it in ${broughtBy}; on Debian, write the source to /etc/apt/sources.list.d.`);
      else yield instead === undefined ? found : found.advising(`Install packages with ${instead} here.`);
    }
  },
});
