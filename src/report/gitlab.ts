/** GitLab's Code Quality report, which merge requests show. */
import type { Severity } from '../rule.ts';
import { fingerprints, hashOf } from './fingerprint.ts';
import type { Format } from './format.ts';
import { harmlessJson, harmlessProse } from './harmless.ts';
import { lastLine } from './place.ts';

const severities = { error: 'critical', warning: 'major', info: 'minor' } as const satisfies Record<Severity, string>;

/** GitLab takes paths relative to the root of the repository, and of issues with one fingerprint only the first. */
export const gitlab: Format = ({ results, unreadable, located }) => {
  const issues = results.flatMap((result) => {
    const path = located(result.path);
    const prints = fingerprints(result, path);
    return result.findings.map((finding, at) => ({
      description: harmlessProse(finding.message),
      check_name: finding.rule,
      fingerprint: prints[at],
      severity: severities[finding.severity],
      location: { path, lines: { begin: finding.line, end: lastLine(finding) } },
    }));
  });
  const blockers = unreadable.map(({ path, message }) => ({
    description: harmlessProse(message),
    check_name: 'unreadable-file',
    fingerprint: hashOf(JSON.stringify(['unreadable-file', located(path), message])),
    severity: 'blocker',
    location: { path: located(path), lines: { begin: 1, end: 1 } },
  }));
  return `${harmlessJson(JSON.stringify([...issues, ...blockers], undefined, 2))}\n`;
};
