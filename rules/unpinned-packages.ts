import { unpinnedPackages } from '../src/model/index.ts';
import { defineRule, type ForeignCode, finding } from '../src/rule.ts';

/** hadolint has a code for each program. */
const codes: ReadonlyMap<string, ForeignCode> = new Map([
  ['apt-get', 'hadolint/DL3008'],
  ['apt', 'hadolint/DL3008'],
  ['aptitude', 'hadolint/DL3008'],
  ['apt-fast', 'hadolint/DL3008'],
  ['pip', 'hadolint/DL3013'],
  ['pipx', 'hadolint/DL3013'],
  ['uv', 'hadolint/DL3013'],
  ['apk', 'hadolint/DL3018'],
  ['gem', 'hadolint/DL3028'],
  ['yum', 'hadolint/DL3033'],
  ['zypper', 'hadolint/DL3037'],
  ['dnf', 'hadolint/DL3041'],
  ['dnf5', 'hadolint/DL3041'],
  ['microdnf', 'hadolint/DL3041'],
  ['tdnf', 'hadolint/DL3041'],
  ['go', 'hadolint/DL3062'],
]);

export default defineRule({
  id: 'unpinned-packages',
  says: 'packages are installed in whatever version there is',
  because: 'Two builds of one commit install different versions, and a release that breaks something comes in unasked.',
  instead: 'Say the version, or a range: curl=8.14.* (apt), curl=~8.14 (apk), flask==3.1.2 (pip).',
  category: 'reproducibility',
  severity: 'info',
  confidence: 'likely',
  preset: 'strict',
  since: '0.1.0',
  replaces: [...new Set(codes.values())],
  bad: `FROM python:3.13-slim
# want: unpinned-packages at "gunicorn" says "gunicorn and uvicorn"
RUN pip install --no-cache-dir flask==3.1.2 gunicorn uvicorn
COPY shop.py /srv/shop/
USER 1000
CMD ["gunicorn", "--chdir", "/srv/shop", "shop:app"]
`,
  good: `FROM python:3.13-slim
RUN pip install --no-cache-dir flask==3.1.2 gunicorn==23.0.0 'uvicorn~=0.35'
COPY shop.py /srv/shop/
USER 1000
CMD ["gunicorn", "--chdir", "/srv/shop", "shop:app"]
`,
  *check(build) {
    for (const { manager, packages, first } of unpinnedPackages(build)) {
      const code = codes.get(manager);
      const named = packages.slice(0, 3);
      const more = packages.length - named.length;
      const list =
        more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ').replace(/, ([^,]*)$/, ' and $1');
      const found = finding(first, `${manager} chooses the version of ${list}`);
      yield code === undefined ? found.answering() : found.answering(code);
    }
  },
});
