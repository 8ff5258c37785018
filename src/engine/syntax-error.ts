/** What BuildKit refuses, described like a rule so that it can be explained like one. */
import { defineRule, type Finding, type Fix, type ForeignCode, finding } from '../rule.ts';
import type { SyntaxFault } from '../syntax/index.ts';

/** hadolint has one code for what it cannot read, and others for faults that it finds in what it can. */
const codes: Readonly<Record<NonNullable<SyntaxFault['about']>, ForeignCode>> = {
  order: 'hadolint/DL3061',
  'copy-source': 'hadolint/DL3022',
  trigger: 'hadolint/DL3043',
};

export const syntaxFinding = (fault: SyntaxFault): Finding =>
  finding(fault, fault.message)
    .mendedBy(spelling(fault))
    .answering(fault.about === undefined ? 'hadolint/DL1000' : codes[fault.about]);

/** What is nearest need not be what is meant. */
const spelling = ({ respelled }: SyntaxFault): Fix | undefined =>
  respelled === undefined ? undefined : { says: `Write ${respelled.text}`, safety: 'unsafe', edits: [respelled] };

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
  replaces: ['hadolint/DL1000', 'hadolint/DL3022', 'hadolint/DL3043', 'hadolint/DL3061'],
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
    for (const fault of build.file.faults) yield syntaxFinding(fault);
  },
});
