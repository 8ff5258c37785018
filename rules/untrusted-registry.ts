import { imageOrigins, isTrusted } from '../src/model/index.ts';
import { DeclaredOptions, defineRule, finding, listOfText } from '../src/rule.ts';

export default defineRule({
  id: 'untrusted-registry',
  says: 'an image comes from a registry that is not among the trusted ones',
  because: 'Whoever holds the registry decides what runs in the build and in the image.',
  instead: 'Take the image from one of the registries that the option registries lists.',
  category: 'security',
  severity: 'error',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL3026'],
  options: new DeclaredOptions({
    registries: listOfText(
      'hosts, *.example.com for all below one, docker.io for images without a host; none: all are trusted',
    ),
  }),
  bad: `# --options {"registries": ["docker.io", "*.example.com"]}
FROM node:22-alpine AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev

# want: untrusted-registry at "ghcr.io/harbour/tides:4" says "ghcr.io"
FROM ghcr.io/harbour/tides:4
COPY --from=build /app /app
`,
  good: `# --options {"registries": ["docker.io", "*.example.com"]}
FROM node:22-alpine AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev

FROM registry.example.com/harbour/tides:4
COPY --from=build /app /app
`,
  *check(build, { registries }) {
    if (registries.length === 0) return;
    for (const { domain, span } of imageOrigins(build))
      if (!isTrusted(domain, registries)) yield finding({ span }, `${domain} is not one of ${registries.join(', ')}`);
  },
});
