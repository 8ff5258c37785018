import { fixedPlatforms } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'fixed-platform',
  says: 'a stage is built for one platform, whichever is asked for',
  because: 'On other machines the image is emulated, or holds programs that do not run there.',
  instead: 'Leave --platform out, or give it an argument: $BUILDPLATFORM for the tools of a build.',
  category: 'correctness',
  severity: 'info',
  confidence: 'likely',
  preset: 'strict',
  since: '0.1.0',
  replaces: ['hadolint/DL3029', 'buildkit/FromPlatformFlagConstDisallowed'],
  bad: `# want: fixed-platform at "linux/amd64" says "always linux/amd64"
FROM --platform=linux/amd64 node:22-alpine
USER node
`,
  good: `FROM node:22-alpine
USER node
`,
  *check(build) {
    for (const { platform, mixed } of fixedPlatforms(build)) {
      const found = finding(platform, `the stage is always ${platform.text}`);
      yield mixed === undefined
        ? found
        : found
            .rated({ preset: 'recommended' })
            .and(mixed, `goes into ${mixed.to.id}, which is built for any platform`);
    }
  },
});
