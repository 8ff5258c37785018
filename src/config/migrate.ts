/** hadolint's configuration and comments as dflint's own. */
import { CORE_SCHEMA, dump } from 'js-yaml';
import { ruleNames } from '../engine/rule-names.ts';
import type { Rule } from '../rule.ts';
import { offsetAt, parseDockerfile, readIgnoreComment } from '../syntax/index.ts';
import type { Config } from './schema.ts';

/** A configuration that keeps what hadolint checks, at its severities, beside what dflint recommends. */
export function migratedConfigText(config: Config): string {
  const whole: Config = { extends: ['recommended', 'hadolint'], ...config };
  return `# Made from .hadolint.yaml by dflint migrate.\n${dump(whole, { schema: CORE_SCHEMA })}`;
}

export interface MigratedComments {
  readonly text: string;
  /** How many comments were rewritten. */
  readonly count: number;
}

/** `# hadolint ignore=DL3008` becomes `# dflint ignore=DL3008`, everything else stays as it is, byte for byte. */
export function migrateComments(text: string, rules: readonly Rule[]): MigratedComments {
  const file = parseDockerfile(text);
  const names = ruleNames(rules);
  let [migrated, from, count] = ['', 0, 0];
  for (const comment of file.comments) {
    const said = readIgnoreComment(comment, file.source);
    if (said?.linter !== 'hadolint' || said.names.length === 0) continue;
    const start = offsetAt(file.source, comment.span.line, comment.span.column);
    const end = offsetAt(file.source, comment.span.endLine, comment.span.endColumn);
    const written = said.names.map((name) => ownName(name.text, names.resolve(name.text), rules)).join(',');
    const reach = said.reach === 'file' ? 'global ' : '';
    migrated += `${text.slice(from, start)}# dflint ${reach}ignore=${written}`;
    from = end;
    count += 1;
  }
  return { text: migrated + text.slice(from), count };
}

/** The rule's id where the code is all that the rule stands for, else the code. */
function ownName(code: string, known: string | undefined, rules: readonly Rule[]): string {
  const bare = code.slice(code.indexOf('/') + 1);
  const rule = rules.find(({ replaces }) => replaces?.length === 1 && replaces[0] === known);
  return rule?.id ?? bare.toUpperCase();
}
