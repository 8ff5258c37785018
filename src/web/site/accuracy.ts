/** The page that says how often dflint is wrong, from what was measured. */
import type { Measured } from './measured.ts';

/** Markdown. */
export function accuracyPage({ labels, read, compared, builds }: Measured): string {
  const labelRows = labels.checks.map(
    ({ check, found, missed, wrong, rightLine }) =>
      `| \`${check}\` | ${found} | ${missed} | ${wrong} | ${percent(found, found + missed)} | ${percent(found, found + wrong)} | ${percent(rightLine, found)} |`,
  );
  const readRows = read.map(
    ({ rule, right, arguable, wrong }) =>
      `| ${rule.includes(' ') ? rule : `[\`${rule}\`](rules/${rule}.md)`} | ${right + arguable + wrong} | ${right} | ${arguable} | ${wrong} |`,
  );
  return `# How sure is dflint?

A finding that is wrong costs more than one that is missing. So findings on real Dockerfiles were read, with the files
around them, and what dflint claims was held against real builds. This is what came out, and what was not measured.

## Against a senior engineer's labels

${labels.files} Dockerfiles of public repositories were labelled by careful reading, check by check.

| check | found | missed | wrong | recall | precision | right line |
| --- | --- | --- | --- | --- | --- | --- |
${labelRows.join('\n')}

## Findings that were read

Errors and warnings on ${compared.corpus} real Dockerfiles, read as their author would; the verdict before anything was
mended. All that were wrong are mended since, in general, and each has a test.

| rule | read | right | arguable | wrong |
| --- | --- | --- | --- | --- |
${readRows.join('\n')}

## Against other programs and real builds

- hadolint, BuildKit's own checks and ShellCheck over ${compared.files.toLocaleString('en')} Dockerfiles: each difference
  from them is explained, one by one (${compared.unexplained} are not).
- ${builds} builds with BuildKit: what the images hold, whom they run as, what their history shows and which steps run
  again is what dflint says.

## What this does not say

The Dockerfiles are public ones, most of them of Node.js, and dflint was mended with them at hand. On ten others that
nobody had looked at, a reviewer asked for 25 things, and dflint had said 21 of them. Rules without a row above stand on their tests, each in a file
that must be found fault with, and one that must not. A finding carries its own confidence: \`certain\`, \`likely\`
(shown), or \`possible\` (shown when asked for, with \`--min-confidence possible\`).
`;
}

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);
