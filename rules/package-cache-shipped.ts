import { emptiedCaches, perhapsShippedCaches, type ShippedCache, shippedCaches } from '../src/model/index.ts';
import { defineRule, type Finding, type ForeignCode, finding } from '../src/rule.ts';

/** hadolint has a code for each program. */
const codes: readonly (readonly [RegExp, ForeignCode])[] = [
  [/^apt/, 'hadolint/DL3009'],
  [/^apk$/, 'hadolint/DL3019'],
  [/^yum$/, 'hadolint/DL3032'],
  [/^zypper$/, 'hadolint/DL3036'],
  [/dnf5?$/, 'hadolint/DL3040'],
  [/^(?:pip|python)[\d.]*$/, 'hadolint/DL3042'],
  [/^yarn/, 'hadolint/DL3060'],
];

function findingOf({ cache, filledBy }: ShippedCache): Finding {
  const answers = codes.filter(([program]) => program.test(filledBy.name ?? '')).map(([, code]) => code);
  return finding(filledBy, `${cache.program ?? cache.manager} keeps ${cache.holds} in ${cache.paths[0]}`).answering(
    ...answers,
  );
}

export default defineRule({
  id: 'package-cache-shipped',
  says: 'a layer of the image keeps what a package manager has downloaded',
  because: 'Nothing reads it any more, and every pull pays for it: megabytes for an index, hundreds for packages.',
  instead: 'Empty it in the same RUN, or keep it out of the layer: RUN --mount=type=cache, --no-cache, --no-cache-dir.',
  category: 'size',
  severity: 'info',
  confidence: 'likely',
  since: '0.1.0',
  replaces: codes.map(([, code]) => code),
  bad: `FROM debian:12-slim
# want: package-cache-shipped at "apt-get update" says "/var/lib/apt/lists"
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates
COPY prices /usr/local/bin/
USER 1000
CMD ["prices"]
`,
  good: `FROM debian:12-slim
RUN apt-get update \\
 && apt-get install -y --no-install-recommends ca-certificates \\
 && rm -rf /var/lib/apt/lists/*
COPY prices /usr/local/bin/
USER 1000
CMD ["prices"]
`,
  *check(build) {
    const findings = new Map<string, Finding>();
    const caches = new Map<string, ShippedCache[]>();
    for (const shipped of shippedCaches(build)) {
      const { target, cache, filledBy, emptiedBy } = shipped;
      const key = `${target.index} ${cache.paths[0]}`;
      const known = findings.get(key);
      let found =
        known?.and(filledBy, 'and more of it comes here') ??
        findingOf(shipped).and(target.from, 'this stage is the image that ships');
      if (emptiedBy !== undefined) found = found.and(emptiedBy, 'emptied here, one layer too late');
      findings.set(key, found);
      const others = caches.get(key);
      if (others === undefined) caches.set(key, [shipped]);
      else others.push(shipped);
    }
    for (const [key, found] of findings) yield found.mendedBy(emptiedCaches(build, caches.get(key) ?? []));
    for (const perhaps of perhapsShippedCaches(build)) {
      const found = findingOf(perhaps);
      if (found.answers?.length !== 0)
        yield found.mendedBy(emptiedCaches(build, [perhaps])).rated({ confidence: 'possible', preset: 'all' });
    }
  },
});
