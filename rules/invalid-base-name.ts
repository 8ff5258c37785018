import { type InvalidBaseName, invalidBaseNames } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const outcome = ({ text, needed }: InvalidBaseName): string => {
  const name = text === '' ? 'the image has no name' : `no image can be called ${text}`;
  return needed.length === 0 ? name : `without a value for ${needed.join(' and ')} ${name}`;
};

export default defineRule({
  id: 'invalid-base-name',
  says: 'what FROM names cannot be an image',
  because: 'The build stops at this FROM before it runs anything.',
  instead: 'Write the image as [host/]name[:tag][@digest] in small letters; give each ARG in it a default.',
  category: 'correctness',
  severity: 'error',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['buildkit/InvalidDefaultArgInFrom', 'hadolint/DL1000'],
  bad: `# want: invalid-base-name at "Node:22" says "no image can be called Node:22"
FROM Node:22
USER node
`,
  good: `FROM node:22
USER node
`,
  *check(build) {
    for (const base of invalidBaseNames(build)) {
      let found = finding(base, outcome(base));
      for (const argument of base.defaults) found = found.and(argument, 'with this default');
      if (base.needed.length > 0)
        found = found.rated({ severity: 'info', preset: 'strict' }).answering('buildkit/InvalidDefaultArgInFrom');
      else if (base.defaults.length > 0)
        found = found.rated({ severity: 'warning' }).answering('buildkit/InvalidDefaultArgInFrom');
      yield found;
    }
  },
});
