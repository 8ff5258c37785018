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
    const findings = new Map<CacheInput['step'], Finding>();
    const late = new Map<CacheInput['step'], LateInstall[]>();
    for (const each of [...lateInstalls(build), ...lateBuilds(build)]) {
      const { command, sources, call, does, mild, manifest } = each;
      const [first, ...others] = sources;
      if (first === undefined) continue;
      const mounted = sources.every((input) => input.mounted);
      let found = findings.get(first.step);
      if (found === undefined) {
        const what = first.path === '.' ? 'the source' : first.path;
        const comes = mounted ? 'is mounted for' : 'comes in before';
        found = finding(first.step, `${what} ${comes} ${call}: each edit ${does} again`);
        if (mild) found = found.rated({ severity: 'info' });
        for (const other of new Set(others.map((input) => input.step)))
          if (other !== first.step) found = found.and(other, 'more source comes in here');
      } else if (!mild) found = found.rated({ severity: 'warning' });
      if (manifest !== undefined) found = found.and(manifest, 'nothing fetches what comes in here before the source');
      if (withoutProject.has(call)) found = found.advising(withoutProject.get(call));
      findings.set(first.step, found.and(command, `${call} runs again after each change of it`));
      const alike = late.get(first.step);
      if (alike === undefined) late.set(first.step, [each]);
      else alike.push(each);
    }
    for (const [step, found] of findings) {
      yield found.mendedBy(manifestsFirst(build, late.get(step) ?? []));
    }
  },
});

/** What installs the project itself, too, unless it is told. */
const withoutProject: ReadonlyMap<string, string> = new Map([
  [
    'uv sync',
    'Copy pyproject.toml and uv.lock first, uv sync --no-install-project (a workspace: --no-install-workspace), then copy the source.',
  ],
  ['poetry install', 'Copy pyproject.toml and poetry.lock first, poetry install --no-root, then copy the source.'],
]);
