/** What is answered to an assistant: short, and never longer than its reader can bear. */
import type { ImageReport, RebuildReport, ReportedFinding } from '../index.ts';

/** Characters of one answer. */
export const longestAnswer = 40_000;
/** Characters of a Dockerfile that is given or read. */
export const longestText = 200_000;

/** Entries of each list, from generous to few. */
const bounds: readonly number[] = [200, 60, 20, 5];

/** JSON whose lists are cut, and counted, until it is short enough. */
export function bounded(answer: (most: number) => object): string {
  for (const most of bounds) {
    const text = JSON.stringify(answer(most));
    if (text.length <= longestAnswer) return text;
  }
  return JSON.stringify({ error: `the answer is longer than ${longestAnswer} characters; ask about less` });
}

interface Cut<Entry> {
  readonly entries: readonly Entry[];
  /** How many were left out. */
  readonly more?: number;
}

const cut = <Entry>(entries: readonly Entry[], most: number): Cut<Entry> =>
  entries.length <= most ? { entries } : { entries: entries.slice(0, most), more: entries.length - most };

export const findingAnswer = ({
  rule,
  severity,
  confidence,
  message,
  instead,
  line,
  evidence,
  fix,
}: ReportedFinding) => ({
  rule,
  severity,
  confidence,
  line,
  message,
  instead,
  evidence: evidence.map((each) =>
    each.elsewhere === undefined
      ? `line ${each.at.line}: ${each.message}`
      : `${each.elsewhere.path}:${each.at.line}: ${each.message}`,
  ),
  ...(fix && { fix: fix.says, safeFix: fix.safety === 'safe' }),
});

export const findingsAnswer = (path: string, findings: readonly ReportedFinding[], most: number) => ({
  path,
  findings: cut(findings.map(findingAnswer), most),
});

export const imageAnswer = (image: ImageReport, most: number) => ({
  ...image,
  env: cut(image.env, most),
  labels: cut(image.labels, most),
  dependencies: cut(image.dependencies, most),
  caches: cut(image.caches, most),
  secrets: cut(image.secrets, most),
  files: cut(image.files, most),
  unknowns: cut(image.unknowns, most),
});

export const rebuildAnswer = ({ path, stages }: RebuildReport, most: number) => ({
  path,
  steps: cut(
    stages.flatMap(({ name, line, built, steps }) =>
      built
        ? steps.filter(({ runs }) => runs !== 'no').map((step) => ({ stage: name ?? `at line ${line}`, ...step }))
        : [],
    ),
    most,
  ),
});
