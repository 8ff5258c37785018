import { unclearDescriptions } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'unclear-description',
  says: 'the comment above an ARG or a stage does not begin with its name',
  because: '`docker build --call=outline` and `--call=targets` show comments that begin with the name, and no others.',
  instead: 'Begin the comment with the name, or leave a line with # alone below it.',
  category: 'style',
  severity: 'info',
  confidence: 'certain',
  preset: 'all',
  since: '0.1.0',
  replaces: ['buildkit/InvalidDefinitionDescription'],
  bad: `# want+2: unclear-description at "NODE_VERSION" says "begin with NODE_VERSION"
# The release of Node.js
ARG NODE_VERSION=22
FROM node:\${NODE_VERSION}-alpine
USER node
`,
  good: `# NODE_VERSION is the release of Node.js
ARG NODE_VERSION=22
FROM node:\${NODE_VERSION}-alpine
USER node
`,
  *check(build) {
    for (const description of unclearDescriptions(build)) {
      const { name, comment } = description;
      yield finding(description, `the comment above does not begin with ${name}`).and(comment, 'this is shown nowhere');
    }
  },
});
