/** JUnit XML as Jenkins and GitLab read it: a suite for each file, a case for each finding. */
import type { LintResult, ReportedFinding } from '../engine/lint.ts';
import type { Format, Report } from './format.ts';
import { harmlessProse } from './harmless.ts';
import { xmlAttributes, xmlHeader, xmlText } from './xml.ts';

interface Suite {
  readonly name: string;
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  readonly cases: readonly string[];
}

/** What makes the run fail is a failure, other findings are skipped, what cannot be read is an error. */
export const junit: Format = (report) => {
  const suites = [
    ...report.results.map((result) => suiteOf(result, report)),
    ...report.unreadable.map(({ path, message }) => ({
      ...none,
      name: path,
      tests: 1,
      errors: 1,
      cases: [testCase('unreadable-file', path, verdict('error', 'unreadable-file', message, [message]))],
    })),
  ];
  const total = (count: (suite: Suite) => number): number => suites.reduce((sum, suite) => sum + count(suite), 0);
  const counts = {
    name: 'dflint',
    tests: total(({ tests }) => tests),
    failures: total(({ failures }) => failures),
    errors: total(({ errors }) => errors),
    time: 0,
  };
  return `${xmlHeader}<testsuites${xmlAttributes(counts)}>\n${suites.map(suiteElement).join('')}</testsuites>\n`;
};

const none = { tests: 0, failures: 0, errors: 0, skipped: 0 };

/** A file without findings is one case that passes: suites without cases look as if nothing had run. */
function suiteOf(result: LintResult, report: Report): Suite {
  const { path, findings } = result;
  if (findings.length === 0) return { ...none, name: path, tests: 1, cases: [testCase('no findings', path)] };
  const failures = findings.filter((finding) => report.fails(result, finding)).length;
  const skipped = findings.length - failures;
  const cases = findings.map((finding) => findingCase(finding, path, report.fails(result, finding)));
  return { ...none, name: path, tests: findings.length, failures, skipped, cases };
}

function findingCase(finding: ReportedFinding, path: string, failed: boolean): string {
  const { rule, line, column, severity, message, instead } = finding;
  const lines = [
    `${path}:${line}:${column}: ${severity} ${harmlessProse(message)}`,
    `instead: ${harmlessProse(instead)}`,
  ];
  return testCase(`${rule} ${line}:${column}`, path, verdict(failed ? 'failure' : 'skipped', rule, message, lines));
}

const verdict = (element: string, type: string, message: string, lines: readonly string[]): string =>
  `      <${element}${xmlAttributes({ type, message: harmlessProse(message) })}>${lines.map(xmlText).join('\n')}</${element}>\n`;

function testCase(name: string, classname: string, inside = ''): string {
  const start = `    <testcase${xmlAttributes({ name, classname, time: 0 })}`;
  return inside === '' ? `${start}/>\n` : `${start}>\n${inside}    </testcase>\n`;
}

const suiteElement = ({ cases, ...counts }: Suite): string =>
  `  <testsuite${xmlAttributes({ ...counts, file: counts.name, time: 0 })}>\n${cases.join('')}  </testsuite>\n`;
