import { refusedPlatforms, unavailablePlatforms } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'base-platform-mismatch',
  says: 'FROM asks for a platform that is none, or that the image has not',
  because: 'The build stops, or goes on with an image whose programs do not run.',
  instead: 'Name a platform that the image has, or an image for that platform.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['buildkit/InvalidBaseImagePlatform', 'tally/platform-mismatch'],
  bad: `# want: base-platform-mismatch at "linux/amd64" says "windows only"
FROM --platform=linux/amd64 mcr.microsoft.com/windows/nanoserver:ltsc2022
COPY shop.exe C:/shop/
`,
  good: `FROM --platform=windows/amd64 mcr.microsoft.com/windows/nanoserver:ltsc2022 AS windows
COPY shop.exe C:/shop/
`,
  *check(build) {
    for (const { platform, fault } of refusedPlatforms(build)) {
      const why =
        fault === 'several' ? 'FROM takes one platform, not a list' : `BuildKit knows no platform ${platform.text}`;
      yield finding(platform, `${why}: the build stops`).rated({ confidence: 'certain' }).answering();
    }
    for (const { platform, image, only } of unavailablePlatforms(build)) {
      const there = [only.os, only.architecture].filter((part) => part !== undefined).join('/');
      yield finding(platform, `${image} is there for ${there} only, not for ${platform.text}`);
    }
  },
});
