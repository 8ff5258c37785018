import { droppedGroups } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'groups-dropped-by-user',
  says: 'USER names one group, so that the account loses its others',
  because:
    'A process gets the groups of its account only where USER gives none: devices and files of those are closed to it.',
  instead: 'Name the account alone: USER shop.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['tally/user-explicit-group-drops-supplementary-groups'],
  bad: `FROM debian:12-slim
RUN useradd --groups video,audio shop
COPY shop /usr/local/bin/shop
# want: groups-dropped-by-user at "shop:shop" says "video and audio"
USER shop:shop
CMD ["shop"]
`,
  good: `FROM debian:12-slim
RUN useradd --groups video,audio shop
COPY shop /usr/local/bin/shop
USER shop
CMD ["shop"]
`,
  *check(build) {
    for (const { span, user, group, dropped, madeBy } of droppedGroups(build))
      yield finding({ span }, `${user} runs with ${group} alone, not with ${dropped.join(' and ')}`).and(
        madeBy,
        `${user} is put into ${dropped[0]} here`,
      );
  },
});
