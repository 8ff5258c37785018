/** What comments hide, and what is wrong with them. */
import { type Evidence, type Finding, type ForeignCode, finding, type Rule } from '../rule.ts';
import {
  type Dockerfile,
  didYouMean,
  type IgnoreComment,
  type IgnoredName,
  type Instruction,
  readCheckDirective,
  readIgnoreComment,
  type Span,
} from '../syntax/index.ts';
import * as faults from './ignore-rules.ts';
import { type RuleNames, ruleNames } from './rule-names.ts';
import { syntaxError } from './syntax-error.ts';

export interface Hideable {
  readonly at: Pick<Span, 'line'>;
  readonly evidence: readonly Evidence[];
}

/** What a finding goes by: its rule, and the codes of other linters that it answers to. */
export interface FindingNames {
  readonly rule: string;
  readonly answers: readonly ForeignCode[];
}

export interface Ignores {
  /** Whether a comment hides it. To be asked of every finding, shown or not: what hides none of them is unused. */
  hides(found: Hideable, names: FindingNames): boolean;
  /** What is wrong with the comments; `judged` says whether all that a rule, a code or `all` stands for has been. */
  judge(judged: (name: string) => boolean): readonly { readonly rule: Rule; readonly finding: Finding }[];
}

export const noIgnores: Ignores = { hides: () => false, judge: () => [] };

/** All that comments of one name and reach have hidden. */
interface Use {
  hid: boolean;
  /** The trail of a finding led here: another linter may have its finding at this place. */
  near: boolean;
}

interface Entry {
  readonly comment: IgnoreComment;
  readonly name: IgnoredName;
  readonly key: string;
  readonly use: Use;
}

const everyRule = 'all';
const everyCheck = 'buildkit/*';
const where = { instruction: 'here', stage: 'in this stage', file: 'in this file' } as const;

/** The comments of a file that speak to linters; with `today`, a day as 2027-01-31, those whose day is over hide nothing. */
export function readIgnores(file: Dockerfile, rules: readonly Rule[], today?: string): Ignores {
  const uses = new Map<string, Use>();
  const entries: Entry[] = [];
  const unknown: IgnoredName[] = [];
  const check = readCheckDirective(file.directives, file.source)?.skip;
  const written = file.comments.flatMap((comment) => readIgnoreComment(comment, file.source) ?? []);
  const comments = check === undefined ? written : [check, ...written];
  if (comments.length === 0) return noIgnores;
  const names = ruleNames(rules);
  const placeOf = places(file.instructions);
  const isOver = ({ until }: IgnoreComment): boolean =>
    today !== undefined && until !== undefined && until.text < today;
  for (const comment of comments)
    for (const name of comment.names) {
      const key = keyOf(name.text, comment.linter, names);
      if (key === undefined) {
        if (comment.linter === 'dflint') unknown.push(name);
        continue;
      }
      if (isOver(comment)) continue;
      const place = `${key} ${placeOf(comment.span.line, true)[comment.reach]}`;
      const use = uses.get(place) ?? { hid: false, near: false };
      uses.set(place, use);
      entries.push({ comment, name, key, use });
    }

  function* usesAt(line: number, keys: readonly string[]): Iterable<Use> {
    for (const place of Object.values(placeOf(line)))
      for (const key of keys) {
        const use = uses.get(`${key} ${place}`);
        if (use !== undefined) yield use;
      }
  }

  return {
    hides(found, named) {
      if (uses.size === 0) return false;
      const keys = keysOf(named);
      let hidden = false;
      for (const use of usesAt(found.at.line, keys)) {
        use.hid = true;
        hidden = true;
      }
      for (const { at, elsewhere } of found.evidence)
        if (elsewhere === undefined) for (const use of usesAt(at.line, keys)) use.near = true;
      return hidden;
    },
    judge(judged) {
      const unused = entries.filter(({ comment, key, use }) => !use.hid && !isForOthers(comment, use) && judged(key));
      return [
        ...unused.map(({ comment, name }) => ({
          rule: faults.unusedIgnore,
          finding: unusedAt(name, comment),
        })),
        ...comments.filter(isOver).map((comment) => ({
          rule: faults.expiredIgnore,
          finding: finding(comment.until ?? comment, `${namesIn(comment)}: no longer ignored`),
        })),
        ...unknown.map((name) => ({
          rule: faults.unknownIgnoredRule,
          finding: unknownName(name, names),
        })),
        ...comments.flatMap((comment) => [...faultsOf(comment)]),
      ];
    },
  };
}

/** The comments of another linter may be there for findings of its own: only who asks for more hears of them. */
function unusedAt(name: IgnoredName, { linter, reach }: IgnoreComment): Finding {
  const unused = finding(name, `${name.text} finds nothing ${where[reach]}`);
  return linter === 'dflint' ? unused : unused.rated({ preset: 'strict' });
}

/** Whether the linter it speaks to may have a finding where we have none. `docker build` reads its directive anyway. */
const isForOthers = ({ linter }: IgnoreComment, { near }: Use): boolean =>
  linter === 'buildkit' || (near && linter !== 'dflint');

/** Whether all that a rule, a code or `all` of a comment stands for has run. */
export function isJudged(name: string, rules: readonly Rule[], ran: ReadonlySet<string>): boolean {
  const meant = rules.filter(
    ({ id, replaces = [] }) =>
      name === everyRule ||
      id === name ||
      replaces.some((code) => code === name || (name === everyCheck && code.startsWith('buildkit/'))),
  );
  return meant.length > 0 && meant.every(({ id }) => ran.has(id));
}

type Places = { readonly [reach in IgnoreComment['reach']]: string };

/** Where a line lies: in the instruction that ends there or is the next one to, in that one's stage, in the file. */
function places(instructions: readonly Instruction[]): (line: number, ofComment?: boolean) => Places {
  const stages: number[] = [];
  for (const { keyword } of instructions) stages.push((stages.at(-1) ?? -1) + (keyword === 'FROM' ? 1 : 0));
  return (line, ofComment = false) => {
    let low = 0;
    let high = instructions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((instructions[middle]?.span.endLine ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    const stage = stages[low] ?? stages.at(-1) ?? -1;
    // What is said of the stage above its global ARG is said of the first one.
    return { instruction: `i${low}`, stage: `s${ofComment ? Math.max(stage, 0) : stage}`, file: 'file' };
  };
}

function keysOf({ rule, answers }: FindingNames): readonly string[] {
  const keys = [rule, ...answers];
  if (rule !== syntaxError.id) keys.push(everyRule);
  if (answers.some((code) => code.startsWith('buildkit/'))) keys.push(everyCheck);
  return keys;
}

/** The rule or code that a comment means; undefined when there is none of that name. */
function keyOf(name: string, linter: IgnoreComment['linter'], names: RuleNames): string | undefined {
  const bare = name.slice(name.indexOf('/') + 1);
  const all = /^(?:all|\*)$/i.test(name);
  switch (linter) {
    case 'dflint':
      return all ? everyRule : names.resolve(name);
    case 'hadolint':
      return `${/^SC/i.test(bare) ? 'shellcheck' : 'hadolint'}/${bare.toUpperCase()}`;
    case 'buildkit':
      return all ? everyCheck : names.resolve(`buildkit/${name}`);
    case 'tally': {
      if (all) return everyRule;
      const asked =
        bare === name ? ['tally', 'buildkit', 'hadolint', 'shellcheck'].map((of) => `${of}/${name}`) : [name];
      return asked.map((code) => names.resolve(code)).find((key) => key !== undefined);
    }
  }
}

const namesIn = ({ names }: IgnoreComment): string => names.map(({ text }) => text).join(', ');

function unknownName(name: IgnoredName, names: RuleNames): Finding {
  const { text, span } = name;
  const near = /^(?:\w+\/)?(?:DL|SC)\d+$/i.test(text) ? undefined : names.nearest(text);
  const isWhole = span.line === span.endLine && span.endColumn - span.column === text.length;
  return finding(name, `there is no rule ${text}${didYouMean(near)}`).mendedBy(
    near === undefined || !isWhole
      ? undefined
      : { says: `Write ${near}`, safety: 'safe', edits: [{ at: span, text: near }] },
  );
}

function* faultsOf(comment: IgnoreComment): Iterable<{ readonly rule: Rule; readonly finding: Finding }> {
  for (const fault of comment.faults) yield { rule: faults.malformedIgnore, finding: finding(fault, fault.message) };
  if (comment.names.length === 0) return;
  yield { rule: faults.ignoreComment, finding: finding(comment, `it ignores ${namesIn(comment)}`) };
  // A directive has no room for one.
  if (comment.linter !== 'buildkit' && (comment.reason ?? '') === '')
    yield { rule: faults.ignoreWithoutReason, finding: finding(comment, `no reason= for ${namesIn(comment)}`) };
}
