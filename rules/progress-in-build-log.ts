import { noisyDownloads, quietWget } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'progress-in-build-log',
  says: 'wget writes the progress of a download into the log of the build',
  because: 'Without a terminal that is a line for every 50 kilobytes: what matters in the log is lost among them.',
  instead: 'Write wget -q, or -nv, which names the file; --progress=dot:giga for what is large. BusyBox has -q alone.',
  category: 'style',
  severity: 'info',
  confidence: 'likely',
  preset: 'all',
  since: '0.1.0',
  replaces: ['hadolint/DL3047'],
  bad: `FROM alpine:3.22
# want: progress-in-build-log at "wget" says "dot after dot"
RUN wget https://example.org/mirrors.json
USER 1000
CMD ["cat", "mirrors.json"]
`,
  good: `FROM alpine:3.22
RUN wget -q https://example.org/mirrors.json
USER 1000
CMD ["cat", "mirrors.json"]
`,
  *check(build) {
    for (const download of noisyDownloads(build)) {
      const { at, writes } = download;
      const fix = quietWget(build, download);
      if (writes === 'dots')
        yield finding(at, 'wget writes dot after dot, as nothing tells it to be quiet').mendedBy(fix);
      else yield finding(at, 'wget draws a bar that no terminal shows').mendedBy(fix).answering();
    }
  },
});
