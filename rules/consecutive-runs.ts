import { consecutiveRuns, joinedRuns } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'consecutive-runs',
  says: 'a RUN follows a RUN that could hold its command',
  because: 'Each RUN is a layer of the image; what one adds the next cannot take out of it again.',
  instead: 'Join the commands with && or in a heredoc, unless the first is to stay cached when the second changes.',
  category: 'style',
  severity: 'info',
  confidence: 'possible',
  preset: 'all',
  since: '0.1.0',
  replaces: ['hadolint/DL3059'],
  bad: `FROM debian:12-slim
RUN mkdir -p /srv/shop
# want: consecutive-runs at "RUN" says "2 RUNs"
RUN chown www-data /srv/shop
USER www-data
`,
  good: `FROM debian:12-slim
RUN mkdir -p /srv/shop \\
 && chown www-data /srv/shop
USER www-data
`,
  *check(build) {
    for (const run of consecutiveRuns(build)) {
      const found = finding(run, `${run.count} RUNs of one command each stand in a row`);
      yield found.mendedBy(joinedRuns(run, build)).and(run.previous, 'the one before');
    }
  },
});
