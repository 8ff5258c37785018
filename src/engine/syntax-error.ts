/** What BuildKit refuses, described like a rule so that it can be explained like one. */
import { defineRule, type Finding, finding } from '../rule.ts';
import type { SyntaxFault } from '../syntax/index.ts';

/** The engine runs it on every file, whatever rules are asked for; it is not among `rules/`. */
export const syntaxError = defineRule({
  id: 'syntax-error',
  says: 'BuildKit cannot read this',
  because: 'The build stops before its first step.',
  instead: 'Write what BuildKit expects here.',
  category: 'correctness',
  severity: 'error',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL3043'],
  bad: `FROM node:22-alpine
# want: syntax-error
COPPY package.json ./
USER node
`,
  good: `FROM node:22-alpine
COPY package.json ./
USER node
`,
  *check(build) {
    for (const fault of build.file.faults) yield faultFinding(fault);
  },
});

/** hadolint has a code for one of the faults only. */
export function faultFinding(fault: SyntaxFault): Finding {
  const found = finding(fault, fault.message);
  return fault.trigger === true ? found.answering('hadolint/DL3043') : found.answering();
}
