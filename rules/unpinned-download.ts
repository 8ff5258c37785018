import { unpinnedDownloads } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'unpinned-download',
  says: 'a download takes whatever is newest on the day of the build',
  because:
    'The same Dockerfile gives another image another day, builders of one team differ by their caches, and no checksum can hold.',
  instead: 'Name a release: its version in the address, a tag or commit for git clone. Let Renovate raise it.',
  category: 'reproducibility',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM debian:12-slim
# want: unpinned-download at "https://github.com/example/tool/releases/latest/download/tool" says "latest"
ADD --chmod=755 https://github.com/example/tool/releases/latest/download/tool /usr/local/bin/tool
USER 1000
CMD ["tool"]
`,
  good: `FROM debian:12-slim
ADD --chmod=755 --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d \\
  https://github.com/example/tool/releases/download/v1.4.2/tool /usr/local/bin/tool
USER 1000
CMD ["tool"]
`,
  *check(build) {
    for (const { fetch, moving, kind, variable, data } of unpinnedDownloads(build)) {
      const found = finding(fetch, messageOf(moving, fetch.by, kind));
      const shown = variable === undefined ? found : found.and(variable, `${moving} comes from here`);
      yield data ? shown.rated({ severity: 'info', preset: 'strict' }) : shown;
    }
  },
});

function messageOf(moving: string | undefined, by: string, kind: string): string {
  if (moving === undefined)
    return by === 'git'
      ? 'clones the newest commit of the default branch'
      : 'takes the newest commit of the default branch';
  return `${moving} is another ${kind} another day`;
}
