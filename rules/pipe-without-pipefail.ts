import { type UnguardedPipe, unguardedPipes, withPipefail } from '../src/model/index.ts';
import { defineRule, type Finding, finding } from '../src/rule.ts';

const rated = ({ costs }: UnguardedPipe, found: Finding): Finding => {
  if (costs === 'build') return found;
  return found.rated({ severity: 'info', preset: costs === 'value' ? 'strict' : 'all' });
};

export default defineRule({
  id: 'pipe-without-pipefail',
  says: 'a pipe hides that its left side has failed',
  because:
    'The status of a pipe is that of its last command: the build goes on with nothing, and breaks later or never.',
  instead:
    'Write SHELL ["/bin/bash", "-o", "pipefail", "-c"] before it, on Alpine ["/bin/ash", "-eo", "pipefail", "-c"].',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['hadolint/DL4006'],
  bad: `FROM debian:12-slim
# want: pipe-without-pipefail at "curl -fsSL https://example.com/sites.conf" says "tee"
RUN curl -fsSL https://example.com/sites.conf | tee /etc/shop/sites.conf
USER www-data
`,
  good: `FROM debian:12-slim
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN curl -fsSL https://example.com/sites.conf | tee /etc/shop/sites.conf
USER www-data
`,
  *check(build) {
    for (const pipe of unguardedPipes(build)) {
      const left = pipe.left.name ?? 'the left side';
      const right = pipe.right?.name ?? 'what follows';
      const outcome =
        pipe.costs === 'build' ? `${right} succeeds all the same` : `${right} alone decides whether the build goes on`;
      const goesOn = 'the build goes on: nothing asks for the status of this pipe';
      const found = rated(pipe, finding(pipe, `when ${left} fails, ${pipe.ignored ? goesOn : outcome}`));
      yield pipe.ignored
        ? found.advising('Set pipefail, and join what comes behind the pipe with &&, or set -e before it.')
        : found.mendedBy(withPipefail(build, pipe));
    }
  },
});
