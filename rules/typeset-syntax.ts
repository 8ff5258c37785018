import { asTyped, typesetMarks } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'typeset-syntax',
  says: 'typography stands where Docker or the shell reads syntax',
  because: 'A page has made dashes, signs and line ends nicer or lost them: they are names of files and programs now.',
  instead: 'Type it: two hyphens before an option, &&, plain blanks, and a backslash only at the end of a line.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
# want: typeset-syntax at "–" says "makes no option"
RUN npm ci –omit=dev && npm cache clean --force
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const mark of typesetMarks(build)) {
      const { kind, text, meant } = mark;
      const messages = {
        dash: `a typographic dash makes no option: ${text.replace(/^[–—]+/, meant)} is meant`,
        'line-end': `the line goes on behind this backslash: the blank is a part of the word ${text}`,
        entity: `${text} is how a page writes ${meant}: the shell takes it for names and its own signs`,
        blank: `this is no blank but a character like others${/\w$/.test(text) ? `: it joins ${text} to what follows` : ''}`,
      };
      yield finding(mark, messages[kind]).mendedBy(asTyped(mark));
    }
  },
});
