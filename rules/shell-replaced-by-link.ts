import { replacedShells } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'shell-replaced-by-link',
  says: '/bin/sh is replaced by another shell',
  because:
    'Scripts of the system are written for the sh that was there; an update of its package brings that one back.',
  instead: 'Write SHELL ["/bin/bash", "-c"] for the RUNs that need it, or name bash in the first line of the script.',
  category: 'correctness',
  severity: 'info',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL4005'],
  bad: `FROM debian:12-slim
# want: shell-replaced-by-link at "/bin/sh" says "/bin/bash"
RUN ln -sf /bin/bash /bin/sh
USER www-data
`,
  good: `FROM debian:12-slim
SHELL ["/bin/bash", "-c"]
USER www-data
`,
  *check(build) {
    for (const replaced of replacedShells(build))
      yield finding(replaced, `from here on ${replaced.shell ?? 'another program'} reads whatever asks for sh`);
  },
});
