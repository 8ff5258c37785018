import { maintainerLabel } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'maintainer',
  says: 'MAINTAINER is deprecated',
  because: 'It fills a field that tools no longer show, and BuildKit warns of it in every build.',
  instead: 'Use a label: LABEL org.opencontainers.image.authors="team@example.com".',
  category: 'style',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL4000', 'buildkit/MaintainerDeprecated'],
  bad: `FROM alpine:3.22
# want: maintainer at "MAINTAINER" says "team@example.com"
MAINTAINER team@example.com
USER nobody
CMD ["sleep", "infinity"]
`,
  good: `FROM alpine:3.22
LABEL org.opencontainers.image.authors="team@example.com"
USER nobody
CMD ["sleep", "infinity"]
`,
  *check({ file }) {
    for (const instruction of file.instructions)
      if (instruction.keyword === 'MAINTAINER') {
        const found = finding({ span: instruction.keywordSpan }, `${instruction.value.raw} belongs in a label`);
        yield found.mendedBy(maintainerLabel(instruction));
      }
  },
});
