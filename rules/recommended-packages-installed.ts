import { recommendedPackages, withoutRecommended } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'recommended-packages-installed',
  says: 'apt installs packages that nobody asked for, as others recommend them',
  because: 'They make the image larger and give it more to patch; a program that needs them would depend on them.',
  instead: 'Write apt-get install --no-install-recommends, and name what is missing after that.',
  category: 'size',
  severity: 'info',
  confidence: 'likely',
  preset: 'strict',
  since: '0.1.0',
  replaces: ['hadolint/DL3015'],
  bad: `FROM debian:12-slim
# want: recommended-packages-installed at "install" says "what git and curl recommend"
RUN apt-get update && apt-get install -y git curl && rm -rf /var/lib/apt/lists/*
COPY mirror.sh /usr/local/bin/mirror
USER 1000
CMD ["mirror"]
`,
  good: `FROM debian:12-slim
RUN apt-get update \\
 && apt-get install -y --no-install-recommends git ca-certificates curl \\
 && rm -rf /var/lib/apt/lists/*
COPY mirror.sh /usr/local/bin/mirror
USER 1000
CMD ["mirror"]
`,
  *check(build) {
    for (const install of recommendedPackages(build)) {
      const { program, packages, at } = install;
      const named = packages.length > 2 ? `${packages.slice(0, 2).join(', ')} and others` : packages.join(' and ');
      const verb = packages.length === 1 ? 'recommends' : 'recommend';
      const found = finding(at, `${program} installs what ${named === '' ? 'the packages' : named} ${verb}, too`);
      yield found.mendedBy(withoutRecommended(install));
    }
  },
});
