import { type EndedSupport, unsupportedImages } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

/** As many supported releases are named, the newest ones. */
const named = 3;

function described({ product, release, ended, since, supported, successor }: EndedSupport): string {
  const what = release === undefined ? product : `${product} ${release}`;
  const end = `${since === 'partial' ? 'regular support' : 'support'} of ${what} ended on ${ended}`;
  const others = supported.slice(-named);
  if (successor !== undefined) return `${end}, take ${successor}`;
  if (others.length === 0) return end;
  return `${end}, supported: ${others.join(', ')}`;
}

export default defineRule({
  id: 'end-of-life-base',
  says: 'a base image is past the end of its support',
  because:
    'Nobody mends the security holes that are found in it, and its packages move to archives, where installs fail.',
  instead: 'Take a release that is supported, and see what has changed between the two.',
  category: 'security',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['tally/ruby/eol-ruby-version'],
  bad: `# want: end-of-life-base at "node:16-alpine" says "ended on 2023-09-11"
FROM node:16-alpine
WORKDIR /app
COPY server.js .
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:24-alpine
WORKDIR /app
COPY server.js .
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { span, ended, weight, argument } of unsupportedImages(build)) {
      const message = ended.map(described).join('; ');
      let found = finding({ span }, message);
      if (weight !== 'heavy') found = found.rated({ severity: 'info' });
      if (weight === 'slight') found = found.rated({ preset: 'strict' });
      if (argument !== undefined) found = found.and(argument, 'with this default').rated({ confidence: 'likely' });
      if (ended.every(({ byMaker }) => !byMaker)) found = found.rated({ confidence: 'likely' });
      yield found;
    }
  },
});
