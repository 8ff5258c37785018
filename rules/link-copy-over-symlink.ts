import { replacedLinks } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'link-copy-over-symlink',
  says: 'COPY --link puts a directory in the place of a link of the base',
  because: 'The layer of --link does not know that /bin leads to /usr/bin: all that was reached through it is gone.',
  instead: 'Name the folder itself, /usr/bin or /usr/local/bin, or leave --link out.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM debian:13-slim
# want: link-copy-over-symlink at "/bin/" says "/bin is a link"
COPY --link tides /bin/
USER www-data
CMD ["tides"]
`,
  good: `FROM debian:13-slim
COPY --link tides /usr/local/bin/
USER www-data
CMD ["tides"]
`,
  *check(build) {
    for (const replaced of replacedLinks(build)) {
      const { link, base } = replaced;
      yield finding(replaced, `${link} is a link to /usr${link} in the base, a directory after this`).and(
        base,
        'the base has the link',
      );
    }
  },
});
