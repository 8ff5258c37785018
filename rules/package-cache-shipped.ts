import { shippedCaches } from '../src/model/index.ts';
import { defineRule, type Finding, finding } from '../src/rule.ts';

export default defineRule({
  id: 'package-cache-shipped',
  says: 'a layer of the image keeps what a package manager has downloaded',
  because:
    'Nothing reads it any more, and every pull pays for it: a few megabytes for an index, hundreds for packages.',
  instead: 'Empty it in the same RUN, or keep it out of the layer: RUN --mount=type=cache, --no-cache, --no-cache-dir.',
  category: 'size',
  severity: 'info',
  confidence: 'likely',
  since: '0.1.0',
  replaces: [
    'hadolint/DL3009',
    'hadolint/DL3019',
    'hadolint/DL3032',
    'hadolint/DL3036',
    'hadolint/DL3040',
    'hadolint/DL3042',
    'hadolint/DL3060',
  ],
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
    for (const { target, cache, filledBy, emptiedBy } of shippedCaches(build)) {
      const key = `${target.index} ${cache.paths[0]}`;
      const known = findings.get(key);
      let found =
        known?.and(filledBy, 'and more of it comes here') ??
        finding(filledBy, `${cache.manager} keeps ${cache.holds} in ${cache.paths[0]}`).and(
          target.from,
          'this stage is the image that ships',
        );
      if (emptiedBy !== undefined) found = found.and(emptiedBy, 'emptied here, one layer too late');
      findings.set(key, found);
    }
    yield* findings.values();
  },
});
