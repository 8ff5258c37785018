/** The scripts that a command of a RUN calls: shell scripts whose text is known, and those of package.json. */
import {
  type Invocation,
  manifestScript,
  runsInMembers,
  scriptOperandOf,
  scriptsRunTogether,
} from '../../knowledge/index.ts';
import {
  interpreterOf,
  type MappedText,
  parseShell,
  type ShellScript,
  type Span,
  shebangOf,
} from '../../syntax/index.ts';
import type { Install } from '../build.ts';
import { directoryName, join, resolve } from '../files/path.ts';
import { remembered } from '../remembered.ts';
import type { Lookup } from '../state/environment.ts';
import { textOf } from './project.ts';
import type { RunningCommand, RunWorld } from './run.ts';

/** A script as it is started. All places in it are that of the call. */
export interface CalledText {
  readonly script: ShellScript;
  readonly directory: string | undefined;
  readonly lookup: Lookup;
}

/** Longer ones are no scripts of a build. */
const longest = 20_000;

/** In the order in which they run; none where the words are not known, or the text. */
export function calledTexts(
  running: RunningCommand,
  invocation: Invocation | undefined,
  world: RunWorld,
): readonly CalledText[] {
  const together = scriptsRunTogether([running.name, ...running.arguments]);
  if (together.length > 0)
    return together.flatMap((name) => manifestTexts(name, running.workdir, true, running, world));
  if (invocation !== undefined) return scriptOfCall(invocation, running, world);
  const path = scriptPath(running);
  const text = path === undefined ? undefined : textOf(world.stat(path), world);
  if (path === undefined || text === undefined) return [];
  const shebang = shebangOf(text);
  if (shebang !== undefined && interpreterOf({ shell: undefined, shebang }) !== 'posix') return [];
  const errexit = shebang?.some((word) => /^-[a-z]*e/.test(word)) ?? false;
  return read(withItsPlace(text, path), running.workdir, running, errexit);
}

/** The scripts of its manifest that an install runs when it is done. */
export function textsOfInstall(
  { scripts = [], directory }: Install,
  running: RunningCommand,
  world: RunWorld,
): readonly CalledText[] {
  return scripts.flatMap((name) => manifestTexts(name, directory, false, running, world));
}

/** What `trap 'rm -f .npmrc' EXIT` has the shell run at its end. */
export function textAtExit(running: RunningCommand): readonly CalledText[] {
  const [text, ...signals] = running.arguments.filter((word) => word !== '--');
  if (running.name !== 'trap' || text === undefined || !signals.some((signal) => /^(?:EXIT|0)$/.test(signal ?? '')))
    return [];
  return read(text, running.workdir, running, false);
}

/** Words behind the name of a script come to its own: which command they are for is not read. */
function scriptOfCall(invocation: Invocation, running: RunningCommand, world: RunWorld): readonly CalledText[] {
  const { operation, script, uncertain, workspaces, directory, manager } = invocation;
  const { arguments: words, workdir } = running;
  if (operation !== 'run' || script === undefined || uncertain || workspaces.length > 0) return [];
  if (words.includes(undefined) || runsInMembers(words)) return [];
  if (words.slice(words.lastIndexOf(script) + 1).length > 0) return [];
  const told = directory === undefined ? '.' : directory.text;
  const folder = told === undefined ? undefined : workdir === undefined ? undefined : resolve(workdir, told);
  return manifestTexts(script, folder, manager === 'npm' || manager === 'bun', running, world);
}

/** Of the managers some run no pre and post scripts. */
function manifestTexts(
  name: string,
  folder: string | undefined,
  withOthers: boolean,
  running: RunningCommand,
  world: RunWorld,
): readonly CalledText[] {
  const manifest = folder === undefined ? undefined : textOf(world.stat(join(folder, 'package.json')), world);
  if (manifest === undefined || typeof manifestScript(manifest, name) !== 'string') return [];
  return (withOthers ? [`pre${name}`, name, `post${name}`] : [name]).flatMap((each) => {
    const text = manifestScript(manifest, each);
    return typeof text === 'string' ? read(text, folder, running, false) : [];
  });
}

/** `./setup.sh`, `sh setup.sh`, `. ./setup.sh`: what is called without its folder is a program. */
function scriptPath({ name, arguments: words, shell, workdir }: RunningCommand): string | undefined {
  const [first] = shell.effective;
  const sourced = name === '.' || name === 'source' ? words[0] : undefined;
  const operand = scriptOperandOf([name, ...words]);
  const called =
    sourced ??
    (/^(?:ba|da|a)?sh$/.test(name ?? '') ? operand?.script : first?.text?.includes('/') ? first.text : undefined);
  if (called === undefined) return undefined;
  return called.startsWith('/') ? resolve('/', called) : workdir === undefined ? undefined : resolve(workdir, called);
}

/** What a script works out of its own place: `cd "$(dirname "$0")/.."`. */
function withItsPlace(text: string, path: string): string {
  const place = directoryName(path);
  return text
    .replace(/\$\(dirname (?:-- )?"?\$(?:0|\{0\}|BASH_SOURCE|\{BASH_SOURCE(?:\[0\])?\})"?\)/g, () => place)
    .replace(
      /\$\(cd (?:-P )?(?:-- )?"?([\w./-]+)"?(?: ?>\/dev\/null(?: 2>&1)?)? && pwd(?: -P)?\)/g,
      (all, told: string) => (told.startsWith('/') ? resolve('/', told) : all),
    );
}

function read(
  text: string,
  directory: string | undefined,
  { shell, lookup }: RunningCommand,
  errexit: boolean,
): readonly CalledText[] {
  if (text.length > longest) return [];
  const known = parsedAt(shell);
  const key = `${errexit} ${text}`;
  const script = known.get(key) ?? parseShell(at(shell.span, text), 'posix', { errexit });
  known.set(key, script);
  return [{ script, directory, lookup: (name) => (name.startsWith('npm_') ? undefined : lookup(name)) }];
}

const parsedAt = remembered(
  (shell: RunningCommand['shell']) => shell.words,
  () => new Map<string, ShellScript>(),
);

/** A text all of which stands at the beginning of a place of the file. */
function at({ line, column }: Span, text: string): MappedText {
  const source = { text: ' '.repeat(column), lineStarts: [0], linesAbove: line - 1 };
  return { text, offsets: new Uint32Array(text.length + 1).fill(column - 1), source };
}
