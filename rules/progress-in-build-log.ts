import { noisyDownloads } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'progress-in-build-log',
  says: 'wget writes the progress of a download into the log of the build',
  because: 'Without a terminal that is a line for every 50 kilobytes: what matters in the log is lost among them.',
  instead: 'Write wget -nv, which tells errors and the file, or --progress=dot:giga for large downloads.',
  category: 'style',
  severity: 'info',
  confidence: 'likely',
  preset: 'all',
  since: '0.1.0',
  replaces: ['hadolint/DL3047'],
  bad: `FROM alpine:3.22
# want: progress-in-build-log at "wget" says "dots"
RUN wget https://example.org/mirror.tar.gz && tar -xzf mirror.tar.gz && rm mirror.tar.gz
USER 1000
CMD ["./mirror"]
`,
  good: `FROM alpine:3.22
RUN wget -nv https://example.org/mirror.tar.gz && tar -xzf mirror.tar.gz && rm mirror.tar.gz
USER 1000
CMD ["./mirror"]
`,
  *check(build) {
    for (const { at, writes } of noisyDownloads(build)) {
      if (writes === 'dots') yield finding(at, 'wget writes rows of dots, as nothing tells it to be quiet');
      else yield finding(at, 'wget draws a bar that no terminal shows').answering();
    }
  },
});
