import { type ForeignSuite, foreignSuites } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'foreign-distro-suite',
  says: 'packages of another release are mixed into the base image',
  because:
    'Every later install takes the newest version of either release, C library included: the image becomes a mixture that nobody tests.',
  instead:
    'Take a base image of the release that has the package, its backports, or pin all else by /etc/apt/preferences.d.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM debian:12-slim
# want: foreign-distro-suite says "testing of Debian beside bookworm"
RUN echo "deb http://deb.debian.org/debian testing main" >> /etc/apt/sources.list
USER 1000
CMD ["cat", "/etc/os-release"]
`,
  good: `FROM debian:12-slim
RUN echo "deb http://deb.debian.org/debian bookworm-backports main" >> /etc/apt/sources.list
USER 1000
CMD ["cat", "/etc/os-release"]
`,
  *check(build) {
    for (const suite of foreignSuites(build)) {
      const { line } = suite;
      yield finding(suite, `${line.suite} of ${names[line.distribution]} beside ${baseOf(suite)}`).and(
        suite.from,
        'the base image',
      );
    }
  },
});

const names = { debian: 'Debian', ubuntu: 'Ubuntu', alpine: 'Alpine' } as const;

const baseOf = ({ line, base }: ForeignSuite): string => {
  const release = base.release ?? 'a release';
  return line.distribution === base.distribution ? release : `${release} of ${names[base.distribution]}`;
};
