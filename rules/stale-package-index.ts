import { type StaleIndex, staleIndexes } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const outcomes: Readonly<Record<StaleIndex['index'], (program: string) => string>> = {
  earlier: (program) => `${program} installs by an index that is as old as the layer of another RUN`,
  removed: (program) => `${program} finds no index here: another RUN has deleted it`,
  never: (program) => `${program} finds no index here: nothing has fetched it`,
};

export default defineRule({
  id: 'stale-package-index',
  says: 'packages are installed by an index that this RUN has not fetched',
  because:
    'Docker keeps the layer of an old index while the line of the install changes: it names files that are gone.',
  instead: 'Fetch the index in the RUN that installs: apt-get update && apt-get install -y git.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM debian:13-slim
RUN apt-get update
# want: stale-package-index at "apt-get install -y git" says "as old as the layer"
RUN apt-get install -y git
USER 1000
CMD ["git", "daemon"]
`,
  good: `FROM debian:13-slim
RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*
USER 1000
CMD ["git", "daemon"]
`,
  *check(build) {
    for (const stale of staleIndexes(build)) {
      const { index, program, because } = stale;
      const found = finding(stale, outcomes[index](program));
      yield because === undefined ? found : found.and(because, index === 'removed' ? 'deleted here' : 'fetched here');
    }
  },
});
