/** The text of a first configuration: JSON with comments. */
import type { MigratedConfig } from '../../config/hadolint-config.ts';
import { harmless } from '../../report/harmless.ts';

/** What `dflint init` has seen. */
export interface FoundProject {
  readonly dockerfiles: readonly string[];
  /** Stages that something of the project builds to ship, and where that stands: `compose.yaml:5`. */
  readonly targets: ReadonlyMap<string, string>;
  readonly hasDockerignore: boolean;
  /** Whether dflint is among the packages of the folder. */
  readonly isInstalled: boolean;
  readonly hadolint?: { readonly path: string; readonly migrated: MigratedConfig };
}

export function initialConfigText({ targets, isInstalled, hadolint }: FoundProject): string {
  const { rules = {}, failOn, ignoreComments } = hadolint?.migrated.config ?? {};
  const said = Object.entries(rules).map(
    ([name, setting]) => `    ${JSON.stringify(name)}: ${JSON.stringify(setting)},`,
  );
  const names = [...targets.keys()];
  const built = [...targets].map(([name, place]) => `${harmless(name)} (${harmless(place)})`).join(', ');
  return [
    '{',
    ...(isInstalled ? ['  "$schema": "./node_modules/dflint/src/config/config.schema.json",', ''] : []),
    '  // Which rules: recommended, strict, all; hadolint and buildkit hold what answers a code of theirs.',
    ...(hadolint === undefined ? [] : [`  // hadolint, as there is a ${hadolint.path}; what it says follows.`]),
    `  "extends": ${hadolint === undefined ? '["recommended"]' : '["recommended", "hadolint"]'},`,
    '',
    '  // Single rules, by id or by a code such as DL3008: off, on, info, warning, error, or [setting, options].',
    ...(hadolint?.migrated.leftOut ?? []).map((each) => `  // Left out: ${harmless(each)}`),
    ...(said.length === 0 ? ['  "rules": {},'] : ['  "rules": {', ...said, '  },']),
    '',
    '  // Lowest severity that makes the exit status 1: error, warning, info, never.',
    `  "failOn": ${JSON.stringify(failOn ?? 'warning')},`,
    '',
    ...(ignoreComments === undefined
      ? []
      : ['  // Whether comments may ignore findings.', `  "ignoreComments": ${JSON.stringify(ignoreComments)},`, '']),
    ...(names.length === 0
      ? [
          '  // Stages that ship; without it what compose, bake and CI files build, else the final stage.',
          '  // "targets": ["prod"],',
        ]
      : [
          `  // Stages that ship; without it what is found: ${built}.`,
          `  // "targets": ${harmless(JSON.stringify(names))},`,
        ]),
    '',
    '  // Where folders are searched, as in .gitignore.',
    '  // "exclude": ["vendor/"],',
    '',
    '  // What differs for some files.',
    '  // "overrides": [{ "files": ["tools/**"], "rules": { "root-user": "off" } }],',
    '}',
    '',
  ].join('\n');
}
