import { sparseLogs } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

/** Bytes from which on nobody wants the layer. */
const unbearable = 250_000_000;

const readable = (bytes: number): string =>
  bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${Math.round(bytes / 1e9)} GB`;

export default defineRule({
  id: 'sparse-login-log',
  says: 'a high UID makes the login logs huge',
  because:
    'useradd writes to lastlog and faillog at the place of the UID; the layer holds everything before it as zeros.',
  instead: 'Add --no-log-init (-l) to useradd, or take a UID below 100000.',
  category: 'size',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['hadolint/DL3046'],
  bad: `FROM ubuntu:22.04
# want: sparse-login-log at "1234567" says "400 MB"
RUN useradd --create-home --uid 1234567 shop
USER shop
`,
  good: `FROM ubuntu:22.04
RUN useradd --no-log-init --create-home --uid 1234567 shop
USER shop
`,
  *check(build) {
    for (const log of sparseLogs(build)) {
      const size = readable(log.size);
      const found = finding(
        log,
        log.spared ? `older versions of useradd make ${size} of logs of it` : `the logs of the image grow to ${size}`,
      );
      if (log.spared) yield found.rated({ severity: 'info', preset: 'all' });
      else yield log.size < unbearable ? found.rated({ severity: 'info' }) : found;
    }
  },
});
