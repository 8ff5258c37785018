import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../src/syntax/parse.ts';
import {
  interpreterOf,
  parseShell,
  type Redirect,
  runScript,
  type ShellCommand,
  type ShellScript,
  type ShellWord,
  shebangOf,
  simpleCommands,
  workingDirectories,
} from '../src/syntax/shell/index.ts';
import { createSource, type MappedText } from '../src/syntax/source.ts';

interface CommandCase {
  readonly w: readonly string[];
  readonly a: readonly string[];
  readonly r: readonly string[];
  readonly v?: readonly string[];
}

interface ShellCase {
  readonly name: string;
  readonly script: string;
  readonly commands: readonly CommandCase[] | null;
  readonly workdir?: string;
  readonly cwd?: readonly string[];
  readonly expands?: readonly string[];
  readonly unwrapped?: readonly string[];
  readonly inner?: readonly CommandCase[];
  readonly conditional?: readonly boolean[];
  readonly groupRedirects?: readonly string[];
  readonly utf16?: readonly number[];
  readonly syntaxError?: boolean;
}

interface DockerfileCase {
  readonly name: string;
  readonly dockerfile: string;
  readonly script: string;
  readonly shellFromShebang?: string;
}

const cases: { readonly shell: readonly ShellCase[]; readonly dockerfile: readonly DockerfileCase[] } = JSON.parse(
  readFileSync(new URL('../fixtures/shell-cases/hard_cases.json', import.meta.url), 'utf8'),
);

function textOf(text: string): MappedText {
  return { text, offsets: Array.from({ length: text.length + 1 }, (_, at) => at), source: createSource(text) };
}

const written = (redirect: Redirect): string => `${redirect.fd ?? ''}${redirect.operator}${redirect.target.raw}`;

/** Redirects that stand in the command itself, not around a group. */
const isOwn = (command: ShellCommand, redirect: Redirect): boolean =>
  redirect.span.column >= command.span.column && redirect.span.column < command.span.endColumn;

/** In the form of the cases: `a` holds the prefix assignments only. */
function summary(command: ShellCommand): CommandCase {
  const first = command.words[0]?.span.column ?? Number.POSITIVE_INFINITY;
  return {
    w: command.words.map((word) => word.raw),
    a: command.assignments.filter((one) => one.span.column < first).map((one) => `${one.name}=${one.value.raw}`),
    r: command.redirects.filter((redirect) => isOwn(command, redirect)).map(written),
  };
}

const plain = ({ w, a, r }: CommandCase): CommandCase => ({ w, a, r });

function* variablesIn(word: ShellWord): Iterable<string> {
  for (const part of word.parts) {
    if (part.kind !== 'parameter') continue;
    yield part.name;
    if (part.operand !== undefined) yield* variablesIn(part.operand);
  }
}

function expandedIn(script: ShellScript): readonly string[] {
  const names = new Set<string>();
  for (const { words, assignments, redirects } of script.commands) {
    const all = [...words, ...assignments.map((one) => one.value)];
    for (const redirect of redirects)
      all.push(redirect.target, ...(redirect.heredoc === undefined ? [] : [redirect.heredoc]));
    for (const word of all) for (const name of variablesIn(word)) names.add(name);
  }
  return [...names];
}

/** A word as the case states it: variables keep their names. */
const dequoted = (word: ShellWord): string =>
  word.parts.map((part) => (part.kind === 'parameter' ? `\${${part.name}}` : part.text)).join('');

describe.each(cases.shell)('$name', (one) => {
  const script = parseShell(textOf(one.script), 'posix');

  it('gives the commands in source order', () => {
    const found = script.commands.map(summary);
    if (one.commands === null) expect(found.length).toBeGreaterThan(0);
    else if (one.syntaxError === true) expect(found.slice(0, one.commands.length)).toEqual(one.commands.map(plain));
    else expect(found).toEqual(one.commands.map(plain));
    expect(script.commands.map((command) => command.index)).toEqual(found.map((_, at) => at));
  });

  it('says whether the script is whole', () => {
    expect(script.fault !== undefined).toBe(one.syntaxError === true);
    for (const command of script.commands) expect(command.partial).toBe(one.syntaxError === true);
  });

  if (one.commands?.some((command) => command.v !== undefined))
    it('takes the quotes off words', () => {
      for (const [at, command] of (one.commands ?? []).entries())
        if (command.v !== undefined) expect(script.commands[at]?.words.map(dequoted)).toEqual(command.v);
    });

  if (one.cwd !== undefined)
    it('follows the working directory', () => {
      expect(workingDirectories(script, one.workdir, () => null, '/root')).toEqual(one.cwd);
    });

  if (one.expands !== undefined)
    it('names the variables that are expanded', () => {
      expect(expandedIn(script)).toEqual(one.expands);
    });

  if (one.unwrapped !== undefined)
    it('takes wrappers off', () => {
      expect(script.commands.at(-1)?.effective.map((word) => word.text)).toEqual(one.unwrapped);
    });

  if (one.inner !== undefined)
    it('reads the inner script', () => {
      const [wrapper] = script.commands;
      expect(wrapper?.inner?.commands.map(summary)).toEqual(one.inner);
      expect([...simpleCommands(script)].map(summary)).toEqual(one.inner);
    });

  if (one.conditional !== undefined)
    it('tells what runs always', () => {
      expect(script.commands.map((command) => command.runs === 'sometimes')).toEqual(one.conditional);
    });

  if (one.groupRedirects !== undefined)
    it('hands redirects of a group to its commands', () => {
      for (const command of script.commands) {
        const around = command.redirects.filter((redirect) => !isOwn(command, redirect));
        expect(around.map(written)).toEqual(one.groupRedirects);
      }
    });

  if (one.utf16 !== undefined)
    it('counts columns in UTF-16 units', () => {
      expect(script.commands.map((command) => command.span.column - 1)).toEqual(one.utf16);
    });
});

describe.each(cases.dockerfile)('Dockerfile: $name', (one) => {
  const file = parseDockerfile(one.dockerfile);
  const run = file.instructions.find((instruction) => instruction.keyword === 'RUN');

  it('gives the script that the shell reads', () => {
    if (run?.keyword !== 'RUN') throw new Error('the case has no RUN');
    const script = runScript(run, undefined);
    expect(script.text.text).toBe(one.script);
    const shebang = shebangOf(script.text.text);
    const name = shebang?.at(-1);
    expect(name).toBe(one.shellFromShebang);
    if (shebang === undefined) expect(script.interpreter).toBe('posix');
    else {
      expect(interpreterOf({ shell: undefined, shebang })).toBe('other');
      expect(script.commands).toEqual([]);
    }
  });
});
