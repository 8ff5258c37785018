import { redundantPlatforms } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'redundant-platform',
  says: 'FROM asks for the platform that it is built for anyway',
  because: 'Readers look for a reason that is not there.',
  instead: 'Leave --platform out: $TARGETPLATFORM is what FROM takes without it.',
  category: 'style',
  severity: 'info',
  confidence: 'certain',
  preset: 'strict',
  since: '0.1.0',
  replaces: ['hadolint/DL3065', 'buildkit/RedundantTargetPlatform'],
  bad: `# want: redundant-platform at "$TARGETPLATFORM" says "without it"
FROM --platform=$TARGETPLATFORM node:22-alpine
USER node
`,
  good: `FROM node:22-alpine
USER node
`,
  *check(build) {
    for (const platform of redundantPlatforms(build))
      yield finding(platform, `${platform.raw} is the platform without it, too`);
  },
});
