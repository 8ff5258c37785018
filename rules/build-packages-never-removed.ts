import { lastingBuildPackages } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'build-packages-never-removed',
  says: 'a group of packages is set apart for its removal and stays',
  because:
    'A virtual package serves one thing, to remove what came with it; without apk del the image keeps all of it.',
  instead: 'Remove the group in the same RUN (apk del .build), or install without --virtual what the image needs.',
  category: 'size',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM alpine:3.22
COPY prices prices.asc /usr/local/bin/
# want: build-packages-never-removed at ".check" says "gnupg"
RUN apk add --no-cache --virtual .check gnupg \\
 && gpg --verify /usr/local/bin/prices.asc
USER 1000
CMD ["prices"]
`,
  good: `FROM alpine:3.22
COPY prices prices.asc /usr/local/bin/
RUN apk add --no-cache --virtual .check gnupg \\
 && gpg --verify /usr/local/bin/prices.asc \\
 && apk del .check
USER 1000
CMD ["prices"]
`,
  *check(build) {
    for (const lasting of lastingBuildPackages(build)) {
      const { packages, group, target } = lasting;
      const named = packages.slice(0, 4).join(', ');
      const listed = packages.length > 4 ? `${named} and ${packages.length - 4} more` : named;
      yield finding(lasting, `nothing removes ${group}: ${listed}`).and(
        target.from,
        'this stage is the image that ships',
      );
    }
  },
});
