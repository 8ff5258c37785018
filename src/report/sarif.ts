/** SARIF 2.1.0, which code scanning of GitHub, Azure DevOps and editors read. */
import type { LintResult, ReportedFinding } from '../engine/lint.ts';
import type { Evidence } from '../rule.ts';
import { createSource, offsetAt, type Source, type Span } from '../syntax/index.ts';
import { fingerprints } from './fingerprint.ts';
import type { Format, Report, Unreadable } from './format.ts';
import { harmlessJson, harmlessProse } from './harmless.ts';
import { type Descriptor, descriptorsOf, levels } from './sarif-rules.ts';

/** Of the text of a place, so much is shown, in UTF-16 units. */
const longestSnippet = 2000;

/** One run. Of the rules, those that have findings are described. */
export const sarif: Format = (report) => {
  const { results, unreadable, version, root } = report;
  const descriptors = descriptorsOf(results, report.rules);
  const places = placesIn(report);
  const run = {
    tool: {
      driver: {
        name: 'dflint',
        semanticVersion: version,
        rules: descriptors,
        notifications: [
          {
            id: unreadableFile,
            shortDescription: { text: 'A file that cannot be read' },
            defaultConfiguration: { level: 'error' },
          },
        ],
      },
    },
    invocations: [
      {
        executionSuccessful: unreadable.length === 0,
        toolExecutionNotifications: unreadable.map((each) => notification(each, places)),
      },
    ],
    originalUriBaseIds: { [rootId]: { uri: fileUri(root.endsWith('/') ? root : `${root}/`) } },
    artifacts: results.map(({ path }) => ({
      location: artifactLocation(places.located(path)),
      roles: ['analysisTarget'],
      sourceLanguage: 'dockerfile',
    })),
    columnKind: 'utf16CodeUnits',
    results: results.flatMap((result) => resultsOf(result, descriptors, places)),
  };
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
  return `${harmlessJson(JSON.stringify(log, undefined, 2))}\n`;
};

const rootId = 'SRCROOT';
const unreadableFile = 'unreadable-file';

interface Places {
  located(path: string): string;
  /** Of a file that was linted. */
  index(path: string): number | undefined;
}

function placesIn({ results, located }: Report): Places {
  const indexes = new Map(results.map(({ path }, at) => [located(path), at]));
  return { located, index: (path) => indexes.get(path) };
}

function resultsOf(result: LintResult, descriptors: readonly Descriptor[], places: Places): readonly object[] {
  const path = places.located(result.path);
  const source = createSource(result.text);
  const prints = fingerprints(result, path);
  return result.findings.map((finding, at) => ({
    ruleId: finding.rule,
    ruleIndex: descriptors.findIndex(({ id }) => id === finding.rule),
    level: levels[finding.severity],
    message: message(finding.message),
    locations: [{ physicalLocation: physical(path, finding, source, places) }],
    ...(finding.evidence.length === 0
      ? {}
      : { relatedLocations: finding.evidence.map((step, id) => related(step, id, path, source, places)) }),
    partialFingerprints: { 'dflintFinding/v1': prints[at] },
    ...fixesOf(finding, path, source),
    properties: {
      confidence: finding.confidence,
      category: finding.category,
      ...(finding.targets === undefined ? {} : { targets: finding.targets }),
      ...(finding.answers.length === 0 ? {} : { answers: finding.answers }),
    },
  }));
}

function related(step: Evidence, id: number, path: string, source: Source, places: Places): object {
  const { elsewhere } = step;
  const physicalLocation =
    elsewhere === undefined
      ? physical(path, step.at, source, places)
      : {
          artifactLocation: artifactLocation(places.located(elsewhere.path)),
          region: { ...region(step.at), snippet: { text: elsewhere.words } },
        };
  return { id, physicalLocation, message: message(step.message) };
}

function physical(path: string, at: Span, source: Source, places: Places): object {
  const index = places.index(path);
  const text = textAt(source, at);
  return {
    artifactLocation: { ...artifactLocation(path), ...(index === undefined ? {} : { index }) },
    region: { ...region(at, source), ...(text === '' ? {} : { snippet: { text } }) },
  };
}

const textAt = (source: Source, { line, column, endLine, endColumn }: Span): string => {
  const start = offsetAt(source, line, column);
  return source.text.slice(start, Math.min(offsetAt(source, endLine, endColumn), start + longestSnippet));
};

/** A byte order mark is no column of the first line. */
function region({ line, column, endLine, endColumn }: Span, source?: Source): object {
  const mark = source?.text.startsWith('\ufeff') === true;
  const without = (at: number, columns: number): number => (mark && at === 1 ? Math.max(1, columns - 1) : columns);
  return { startLine: line, startColumn: without(line, column), endLine, endColumn: without(endLine, endColumn) };
}

/** None for what needs a new file, too: where the build context lies is not known here. */
function fixesOf({ fix }: ReportedFinding, path: string, source: Source): object {
  if (fix === undefined || fix.edits.length === 0 || fix.creates !== undefined) return {};
  const replacements = fix.edits.map(({ at, text }) => ({
    deletedRegion: region(at, source),
    insertedContent: { text },
  }));
  const change = { artifactLocation: artifactLocation(path), replacements };
  return { fixes: [{ description: message(fix.says), properties: { safety: fix.safety }, artifactChanges: [change] }] };
}

function notification({ path, message: why }: Unreadable, places: Places): object {
  return {
    descriptor: { id: unreadableFile, index: 0 },
    level: 'error',
    message: message(`${path}: ${why}`),
    locations: [{ physicalLocation: { artifactLocation: artifactLocation(places.located(path)) } }],
  };
}

/** `[words](target)` would be a link. */
const message = (text: string) => ({
  text: harmlessProse(text)
    .replace(/\[(?=[^[\]]*\]\()/g, '\\[')
    .replace(/\](?=\()/g, '\\]'),
});

/** What lies outside of the root, and what is no file, has no base. */
function artifactLocation(path: string): object {
  if (path.startsWith('/') || /^[A-Za-z]:\//.test(path)) return { uri: fileUri(path) };
  return path.startsWith('<') ? { uri: encoded(path) } : { uri: encoded(path), uriBaseId: rootId };
}

/** The colon of a drive stays as it is (RFC 8089, appendix E.2). */
const fileUri = (path: string): string =>
  path.startsWith('/') ? `file://${encoded(path)}` : `file:///${path.slice(0, 2)}${encoded(path.slice(2))}`;

/** Halves of surrogate pairs, which no URI can hold, are replaced. */
const encoded = (path: string): string =>
  path
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
