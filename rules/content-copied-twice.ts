import { repeatedContent } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'content-copied-twice',
  says: 'two layers of the image hold the same files',
  because: 'Each layer keeps what it was given, also where a later one moves or covers it: every pull pays twice.',
  instead: 'Copy once, to the place where it is used; rename with COPY --from, or move it in the RUN that makes it.',
  category: 'size',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM python:3.12-slim
WORKDIR /srv/ledger
COPY . .
RUN pip install --no-cache-dir -r requirements.txt
# want: content-copied-twice at "." says "/srv/ledger"
COPY . .
USER 1000
CMD ["gunicorn", "ledger:app"]
`,
  good: `FROM python:3.12-slim
WORKDIR /srv/ledger
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
USER 1000
CMD ["gunicorn", "ledger:app"]
`,
  *check(build) {
    for (const repeated of repeatedContent(build)) {
      const { target, path, first, size, how } = repeated;
      const message =
        how === 'install'
          ? `${path} has been installed already: this puts another tree over it`
          : how === 'copy'
            ? `${path} has been copied already`
            : `what is ${how === 'mv' ? 'moved' : 'copied'} to ${path} stays in an earlier layer, too`;
      const found = finding(repeated, message)
        .and(first.step, `${first.path} comes in here, in a layer of its own`)
        .and(target.from, 'this stage is the image that ships');
      if (how === 'install') yield found.advising('Leave one of them out: the install, or the COPY of its folder.');
      else if (size === 'bulk') yield found;
      else yield found.rated(size === 'some' ? { severity: 'info' } : { severity: 'info', preset: 'strict' });
    }
  },
});
