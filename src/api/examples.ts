/** What dflint itself says of the examples of its rules. */
import { rules } from '../../rules/index.ts';
import { readYaml } from '../context/evidence/yaml.ts';
import { createContext, memoryTree, projectFiles } from '../context/index.ts';
import '../docs/all-examples.ts';
import { type Example, plainExample } from '../docs/example.ts';
import type { Shown } from '../docs/explain-text.ts';
import { engineRules } from '../engine/engine-rules.ts';
import { lint, type ReportedFinding } from '../engine/lint.ts';
import type { Rule } from '../rule.ts';

/** All that can be explained, sorted by id. */
export const allRules: readonly Rule[] = [...rules, ...engineRules].sort((one, other) => (one.id < other.id ? -1 : 1));

/** What a rule finds in its bad example. `today`: the day by which dates are judged, as 2027-01-31; without it none is over. */
export function findingsOfExample(rule: Rule, today?: string): readonly ReportedFinding[] {
  const { text, options }: Example = plainExample(rule.bad);
  const { findings } = lint({
    path: 'Dockerfile',
    text,
    rules: engineRules.includes(rule) ? rules : [rule],
    selection: {
      presets: ['all'],
      settings: new Map([[rule.id, 'on']]),
      options: new Map(options === undefined ? [] : [[rule.id, options]]),
    },
    ...(today === undefined ? {} : { today }),
    ...(rule.files === undefined ? {} : projectOf(rule.files)),
  });
  return findings.filter((finding) => finding.rule === rule.id);
}

/** The same as explanations show it. */
export function shownOf(rule: Rule, today?: string): Shown {
  const findings = findingsOfExample(rule, today);
  const fix = findings.find((finding) => finding.fix !== undefined)?.fix;
  return {
    remarks: findings,
    files: Object.keys(rule.files ?? {}).sort(),
    ...(fix === undefined ? {} : { fix: { says: fix.says, safety: fix.safety } }),
  };
}

function projectOf(files: Readonly<Record<string, string>>) {
  const tree = memoryTree(
    new Map(Object.entries({ ...files, '.git/HEAD': '' }).map(([path, text]) => [`/${path}`, text])),
  );
  const dockerfile = '/Dockerfile';
  return {
    context: createContext(tree, '/', dockerfile),
    evidence: projectFiles(tree, (path) => path.slice(1)).evidence(dockerfile, readYaml),
  };
}
