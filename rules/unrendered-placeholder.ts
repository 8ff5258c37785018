import { isTemplateName, templateMark } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'unrendered-placeholder',
  says: 'the file is a template that has not been filled in',
  because: 'BuildKit takes the marks as they stand: the build stops, or makes paths and names of them.',
  instead: 'Let the template engine write the Dockerfile and lint that one, or take an ARG in place of the mark.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `# want: unrendered-placeholder at "{{ node_version }}" says "{{ node_version }}"
FROM node:{{ node_version }}-alpine
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `ARG NODE_VERSION=22
FROM node:\${NODE_VERSION}-alpine
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check({ file, path }) {
    const mark = templateMark(file);
    if (mark === undefined) return;
    const found = finding(mark, `${mark.text} stands for a value; nothing else of the file is judged`);
    yield isTemplateName(path) ? found.rated({ severity: 'info' }) : found;
  },
});
