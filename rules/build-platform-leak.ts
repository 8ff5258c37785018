import { buildPlatformLeaks, purposeOf } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'build-platform-leak',
  says: "what ships is made for the builder's platform, not for the one asked for",
  because: 'An image for linux/arm64 that is built on another machine holds programs that do not run there.',
  instead: 'Keep $BUILDPLATFORM to stages that cross-compile or make portable files; build what ships without it.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM --platform=$BUILDPLATFORM node:22-alpine AS build
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build

# want: build-platform-leak at "$BUILDPLATFORM" says "image that ships"
FROM --platform=$BUILDPLATFORM nginxinc/nginx-unprivileged:1.30
COPY --from=build /srv/shop/dist /usr/share/nginx/html
`,
  good: `FROM --platform=$BUILDPLATFORM node:22-alpine AS build
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM nginxinc/nginx-unprivileged:1.30
COPY --from=build /srv/shop/dist /usr/share/nginx/html
`,
  *check(build) {
    for (const leak of buildPlatformLeaks(build)) {
      if (leak.kind === 'image') {
        const { target, platform } = leak;
        const purpose = purposeOf(target, build.path);
        if (purpose === 'artifact') continue;
        const told = finding(platform, "the image that ships is always one for the builder's platform");
        const found = target.from.platform === platform ? told : told.and(target.from, 'the image that ships');
        yield purpose === 'runtime' ? found : found.rated({ severity: 'info' });
      } else {
        const { target, at, what, made, platform } = leak;
        const named = what.slice(0, 3).join(', ');
        yield finding(at, `${named} ${what.length > 1 ? 'are' : 'is'} made for the builder's platform`)
          .and(made, 'made here, where nothing names another platform')
          .and(platform, "the stage runs on the builder's platform")
          .and(target.from, 'the image that ships is for the platform asked for');
      }
    }
  },
});
