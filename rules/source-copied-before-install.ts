import { type CacheInput, type LateInstall, lateBuilds, lateInstalls, manifestsFirst } from '../src/model/index.ts';
import { defineRule, type Finding, finding } from '../src/rule.ts';

export default defineRule({
  id: 'source-copied-before-install',
  says: 'source is copied before the dependencies are installed',
  because: 'Every edit of the source throws the cached install away, so each build downloads all dependencies again.',
  instead: 'Copy the manifest and lockfile first, install, then copy the source.',
  category: 'cache',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
# want: source-copied-before-install at "COPY . ." says "npm ci"
COPY . .
RUN npm ci --omit=dev && npm cache clean --force
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY . .
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    const late = new Map<CacheInput['step'], { readonly told: Finding; readonly installs: LateInstall[] }>();
    for (const each of [...lateInstalls(build), ...lateBuilds(build)]) {
      const [first, ...others] = each.sources;
      if (first === undefined) continue;
      const known = late.get(first.step);
      if (known === undefined) late.set(first.step, { told: comesIn(each, first, others), installs: [each] });
      else known.installs.push(each);
    }
    for (const { told, installs } of late.values()) {
      let found = installs.every(({ mild }) => mild) ? told.rated({ severity: 'info' }) : told;
      for (const { command, call, manifest } of installs) {
        if (manifest !== undefined) found = found.and(manifest, 'nothing fetches what comes in here before the source');
        if (withoutProject.has(call)) found = found.advising(withoutProject.get(call));
        found = found.and(command, `${call} runs again after each change of it`);
      }
      yield found.mendedBy(manifestsFirst(build, installs));
    }
  },
});

function comesIn({ sources, call, does }: LateInstall, first: CacheInput, others: readonly CacheInput[]): Finding {
  const what = first.path === '.' ? 'the source' : first.path;
  const comes = sources.every((input) => input.mounted) ? 'is mounted for' : 'comes in before';
  let found = finding(first.step, `${what} ${comes} ${call}: each edit ${does} again`);
  for (const other of new Set(others.map((input) => input.step)))
    if (other !== first.step) found = found.and(other, 'more source comes in here');
  return found;
}

/** What installs the project itself, too, unless it is told. */
const withoutProject: ReadonlyMap<string, string> = new Map([
  [
    'uv sync',
    'Copy pyproject.toml and uv.lock first, uv sync --no-install-project (a workspace: --no-install-workspace), then copy the source.',
  ],
  ['poetry install', 'Copy pyproject.toml and poetry.lock first, poetry install --no-root, then copy the source.'],
]);
