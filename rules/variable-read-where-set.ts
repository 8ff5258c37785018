import { earlyReads, partedEnv } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'variable-read-where-set',
  says: 'an ENV reads a variable that it only just sets',
  because: 'All values of one ENV see the variables as they were before it: the value read is an older one, or none.',
  instead: 'Set what others build on in an ENV of its own, above.',
  category: 'correctness',
  severity: 'error',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL3044', 'buildkit/UndefinedVar'],
  bad: `FROM node:22-alpine
# want: variable-read-where-set at "$PNPM_HOME" says "it is empty"
ENV PNPM_HOME=/pnpm PATH=$PNPM_HOME:$PATH
USER node
`,
  good: `FROM node:22-alpine
ENV PNPM_HOME=/pnpm
ENV PATH=$PNPM_HOME:$PATH
USER node
`,
  *check(build) {
    for (const read of earlyReads(build)) {
      const { span, name, setBy, before } = read;
      const value = before?.text === undefined ? 'the value from before' : `the value from before, ${before.text}`;
      const found = finding(
        { span },
        `${name} is set in this same ENV: ${before ? `this reads ${value}` : 'it is empty here'}`,
      );
      const traced = found.and(setBy, 'set here').mendedBy(partedEnv(build, read));
      yield before === undefined
        ? traced
        : traced.and(before, 'this value is read').rated({ severity: 'warning', confidence: 'likely' }).answering();
    }
  },
});
