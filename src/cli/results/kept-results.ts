/**
 * Results of earlier runs. One is taken again only when everything that it rests on is as it was: dflint, the day, what
 * the command line and the configuration say, the text, ShellCheck, and each file and folder that was asked about.
 */
import { join, resolve } from 'node:path';
import type { FileTree } from '../../context/index.ts';
import type { LintResult } from '../../engine/lint.ts';
import type { FileConfig } from '../config-file.ts';
import { foundTree } from '../disk-tree.ts';
import type { LintedFile } from '../lint-inputs.ts';
import type { Options } from '../options.ts';
import type { InputFile } from '../read.ts';
import { programFor, type ShellcheckMode } from '../shellcheck-program.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Answers, answerNow, fileVersion, note, notingTree, type Question } from './answers.ts';
import { openStore } from './store.ts';

/** A file that is judged: what its verdict rests on is written down meanwhile. */
export interface Account {
  /** What the project of the file is to be read from. */
  readonly tree: FileTree;
  /** Told of questions that were put to `KeptResults.tree`, for the file, too. */
  hear(question: Question): void;
  /** Keeps the verdict. `isWhole`: whether ShellCheck has said all that it was asked, when there is one. */
  keep(linted: LintedFile, isWhole: boolean): void;
}

export interface KeptResults {
  /** For what is read once for several files. */
  readonly tree: FileTree;
  recall(input: InputFile, config: FileConfig): LintedFile | undefined;
  /** Undefined where nothing can be kept. */
  account(input: InputFile, config: FileConfig): Account | undefined;
  /** Removes what is old. */
  sweep(): void;
}

interface Entry {
  readonly key: string;
  readonly text: string;
  readonly answers: readonly (readonly [string, string])[];
  readonly linted: Omit<LintedFile, 'result'> & { readonly result: Omit<LintResult, 'text'> };
}

export type ResultsWorld = Pick<Surroundings, 'cwd' | 'env' | 'today' | 'keeps'>;

/** Undefined where nothing is kept from run to run. */
export function openResults(options: Options, world: ResultsWorld): KeptResults | undefined {
  const { keeps, cwd } = world;
  const { now = Date.now() } = keeps ?? {};
  const folder = options.cacheDir === undefined ? keeps?.folder : resolve(cwd, options.cacheDir);
  if (keeps === undefined || folder === undefined || !options.cache || options.fix !== undefined) return undefined;
  const store = openStore(join(folder, 'results'));
  const found = foundTree(cwd);
  const shared: Answers = new Map();
  const asked = askedOf(options, world);
  const shellcheckOf = shellcheckVersions(options, world);
  const known = new Map<string, string | undefined>();
  /** Many files ask about the same folders. */
  const answer = (question: string): string | undefined => {
    if (!known.has(question)) known.set(question, answerNow(question, found));
    return known.get(question);
  };
  const keyOf = ({ path, location, inline }: InputFile, config: FileConfig): string | undefined => {
    const { applied, loaded } = config;
    if (location === undefined || inline !== undefined || loaded.pluginRules.length > 0) return undefined;
    const shellcheck = shellcheckOf(config);
    const args = [...applied.buildArgs].map(([name, { value }]) => (value === null ? world.env[name] : undefined));
    const said = { applied, args, baseline: loaded.baseline, isFaulty: loaded.isFaulty };
    return shellcheck === undefined ? undefined : plain({ ...asked, path, location, shellcheck, said });
  };
  return {
    tree: notingTree(found, shared, now),
    recall(input, config) {
      const key = keyOf(input, config);
      const entry = key === undefined ? undefined : entryOf(store.read(key));
      if (entry?.key !== key || entry?.text !== input.text) return undefined;
      if (!entry.answers.every(([question, before]) => answer(question) === before)) return undefined;
      const { linted } = entry;
      return { ...linted, result: { ...linted.result, text: input.text } };
    },
    account(input, config) {
      const key = keyOf(input, config);
      if (key === undefined) return undefined;
      const needsShellcheck = shellcheckOf(config) !== noShellcheck;
      const own: Answers = new Map();
      return {
        tree: notingTree(found, own, now),
        hear: (question) => note(own, question, shared.get(question)),
        keep({ result: { text, ...result }, ...linted }, isWhole) {
          if (needsShellcheck && !isWhole) return;
          const answers: [string, string][] = [];
          for (const [question, given] of own) {
            if (given === undefined) return;
            answers.push([question, given]);
          }
          const entry: Entry = { key, text, answers, linted: { ...linted, result } };
          store.write(key, JSON.stringify(entry));
        },
      };
    },
    sweep: () => store.sweep(now),
  };
}

/** What a run asks of every file. */
function askedOf(options: Options, { cwd, env, today, keeps }: ResultsWorld): object {
  const { target, buildArg, context, failOn, presets, settings, ignoreComments, minConfidence, baseline } = options;
  return {
    ...{ version: keeps?.version, cwd, today: options.today ?? today, context, baseline },
    ...{ target, failOn, presets, settings, ignoreComments, minConfidence },
    buildArg: buildArg.map((each) => (each.includes('=') ? each : [each, env[each]])),
  };
}

const noShellcheck = 'none';

/** Which ShellCheck reads the scripts; undefined where it is to be said that there is none. */
function shellcheckVersions(options: Options, world: ResultsWorld): (config: FileConfig) => string | undefined {
  const known = new Map<string, string | undefined>();
  return ({ applied }) => {
    const mode = options.shellcheck ?? applied.shellcheck?.value ?? 'auto';
    const key = JSON.stringify(mode);
    if (!known.has(key)) known.set(key, shellcheckVersion(mode, world));
    return known.get(key);
  };
}

function shellcheckVersion(mode: ShellcheckMode, world: ResultsWorld): string | undefined {
  const program = programFor(mode, world);
  if (typeof program !== 'string') return program === undefined ? noShellcheck : undefined;
  return `${program} ${fileVersion(program)}`;
}

/** Maps are written as their entries. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (each instanceof Map ? [...each] : each));

/** Undefined for what is not whole: another process may be writing it. */
function entryOf(text: string | undefined): Entry | undefined {
  if (text === undefined) return undefined;
  try {
    const entry: Entry | null = JSON.parse(text);
    return entry ?? undefined;
  } catch {
    return undefined;
  }
}
