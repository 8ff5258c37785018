/** Variables that the shell of a RUN reads, and that nothing has set. */
import type { ShellScript, ShellWord, ShellWordPart } from '../../syntax/index.ts';
import type { Build, Step } from '../build.ts';
import { remembered } from '../remembered.ts';
import { testsOf } from '../run/shell-tests.ts';
import { perRun, type WrittenRun } from '../run/written-runs.ts';
import { declarationsIn, hiddenOf, isSet, mayBaseSet, type UndefinedVariable } from './undefined-variables.ts';

/** Each once a RUN: those that the base certainly does not set, and those that are declared where the RUN cannot see it. */
export function* undefinedInShell(build: Build): Iterable<UndefinedVariable> {
  const declarations = declarationsIn(build);
  for (const { step, word, name } of unsetReads(build)) {
    const hidden = hiddenOf(name, step, declarations);
    const certain = !mayBaseSet(step.stage, name);
    if (!certain && hidden?.hidden !== 'global' && hidden?.hidden !== 'built-in') continue;
    if (hidden?.hidden === 'global' && step.stage.from.image.references.includes(name) && !certain) continue;
    yield { span: word.span, name, step, reader: 'shell', parameter: false, certain, ...hidden };
  }
}

interface UnsetRead {
  readonly step: Step;
  readonly word: ShellWord;
  readonly name: string;
}

/** Each variable that a RUN reads and that nothing in it or before it sets, where it is read first. */
const unsetReads = perRun<UnsetRead>((run) => {
  if (run.script.interpreter !== 'posix' || run.step.instruction.keyword !== 'RUN' || readsProfile(run)) return [];
  if (testsOf(run).length === 0 && readingWords(run.script).length === 0) return [];
  const own = setInScript(run);
  return own === undefined ? [] : readsOf(run, own);
});

function* readsOf(run: WrittenRun, own: ReadonlySet<string>): Iterable<UnsetRead> {
  const { step } = run;
  const told = new Set<string>();
  for (const word of new Set([...testsOf(run).flatMap(({ operands }) => operands), ...readingWords(run.script)]))
    for (const part of word.parts) {
      if (!isPlainRead(part)) continue;
      const { name } = part;
      if (told.has(name) || own.has(name) || isSet(name, step.before) || !/^[A-Z][A-Z0-9_]+$/.test(name)) continue;
      if (ofTheShell.test(name)) continue;
      told.add(name);
      yield { step, word, name };
    }
}

/** A login shell, or one that is told of a file, may have variables from there. */
const readsProfile = ({ step: { before } }: WrittenRun): boolean =>
  before.env.has('BASH_ENV') ||
  before.env.has('ENV') ||
  before.shell?.some((word) => /^-[a-z]*[li]/.test(word) || word === '--login') === true;

/** What shells, users and machines set by themselves: sh(1), bash(1), and proxies, which every RUN may have. */
const ofTheShell =
  /^(?:HOME|PWD|OLDPWD|HOSTNAME|HOSTTYPE|MACHTYPE|OSTYPE|PATH|PS\d|IFS|UID|EUID|GROUPS|PPID|SHLVL|SHELL|TERM|USER|LOGNAME|LANG|LC_\w+|TZ|TMPDIR|RANDOM|SECONDS|LINENO|REPLY|COLUMNS|LINES|OPTARG|OPTIND|EPOCH\w+|FUNCNAME|PIPESTATUS|MAPFILE|DIRSTACK|BASH\w*|ENV|MAIL|SUDO_\w+|\w+_PROXY)$/;

const setters: ReadonlySet<string | undefined> = new Set([
  'read',
  'getopts',
  'mapfile',
  'readarray',
  'export',
  'local',
  'declare',
  'typeset',
  'readonly',
  'printf',
  'unset',
  'let',
]);
const sourcing: ReadonlySet<string | undefined> = new Set(['.', 'source', 'eval', 'nvm', 'conda', 'set']);

/** The names that a script may give a value; undefined where it reads them from elsewhere. */
function setInScript({ commands, instruction, script }: WrittenRun): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const { env, type } of instruction.mounts) if (type === 'secret' && env?.text !== undefined) names.add(env.text);
  for (const { name, shell, arguments: words } of commands) {
    if (sourcing.has(name) && !(name === 'set' && /^[-+]/.test(words[0] ?? ''))) return undefined;
    for (const { name: assigned } of [...shell.assignments, ...shell.environment]) names.add(assigned);
    for (const guard of shell.guards)
      if (guard.kind === 'loop' && guard.variable !== undefined) names.add(guard.variable);
    for (const word of setters.has(name) ? words : []) {
      if (word === undefined && name !== 'printf') return undefined;
      names.add(/^\w+/.exec(word ?? '')?.[0] ?? '');
    }
  }
  for (const each of assigningReads(script)) names.add(each);
  return names;
}

/** The names to which reading them gives a value: `: "${ARCH:=amd64}"`. */
const assigningReads: (script: ShellScript) => readonly string[] = remembered(
  (script) => script,
  ({ commands }) =>
    commands.flatMap(({ words }) =>
      words.flatMap(({ parts }) =>
        parts.flatMap((part) => (part.kind === 'parameter' && /^:?=$/.test(part.operator ?? '') ? part.name : [])),
      ),
    ),
);

/** The words with variables that the shell of the RUN expands; a script for another shell has variables of its own. */
const readingWords: (script: ShellScript) => readonly ShellWord[] = remembered(
  (script) => script,
  ({ commands }) =>
    commands.flatMap(({ words, assignments, redirects }) =>
      [...words, ...assignments.map(({ value }) => value), ...redirects.map(({ target }) => target)].filter(
        ({ parts }) => parts.some(isPlainRead),
      ),
    ),
);

/** `$NAME`, and nothing that takes its place. */
const isPlainRead = (part: ShellWordPart): part is ShellWordPart & { readonly kind: 'parameter' } =>
  part.kind === 'parameter' && part.operator === undefined;
