/** The program of a script of package.json in place of the package manager. */
import { manifestScript } from '../../knowledge/index.ts';
import { createSource, joinStretches, parseShell } from '../../syntax/index.ts';
import type { Build, Stage, StartCommand } from '../build.ts';
import { stepOf } from '../query.ts';
import { manifestText } from '../start/manifest-script.ts';
import { startingProgram } from '../start/start.ts';
import type { Fix } from './fix.ts';

/** Undefined unless the script is one plain call of node, and nothing is run before or after it. */
export function programItself(build: Build, target: Stage): Fix | undefined {
  const { entrypoint, cmd, workdir } = target.result;
  const program = startingProgram(target);
  const start = [cmd, entrypoint].find((each) => each?.span === program?.span);
  const script = program?.invocation?.script;
  if (start === undefined || script === undefined || program?.invocation?.operation !== 'run') return undefined;
  // Arguments would go to the script, and so would CMD behind an ENTRYPOINT.
  if (!isBareCall(start, script) || (start === entrypoint && cmd !== undefined) || start.instruction.onbuild)
    return undefined;
  // Packages without node_modules are found with yarn only.
  if (program.invocation.manager === 'yarn' && build.context.stat('.pnp.cjs') === 'file') return undefined;
  const manifest = manifestText(workdir, target, build);
  const command = manifest === undefined ? undefined : manifestScript(manifest, script);
  if (manifest === undefined || typeof command !== 'string') return undefined;
  if ([`pre${script}`, `post${script}`].some((name) => manifestScript(manifest, name) !== null)) return undefined;
  const words = plainNodeCall(command);
  const isOwn = stepOf(build, start.instruction) !== undefined;
  if (words === undefined || !isOwn || start.instruction.heredocs.length > 0) return undefined;
  const array = `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
  const { span, word } = start.instruction;
  return { says: `Start ${words.join(' ')}`, safety: 'unsafe', edits: [{ at: span, text: `${word} ${array}` }] };
}

function isBareCall({ script, words }: StartCommand, name: string): boolean {
  const [command, ...others] = script.commands;
  if (command === undefined || others.length > 0 || command.environment.length > 0 || command.redirects.length > 0)
    return false;
  const called = words[0] === 'exec' ? words.slice(1) : words;
  const [manager, ...rest] = called;
  if (!/^(?:npm|yarn|pnpm)$/.test(manager ?? '')) return false;
  return rest.length === 1
    ? rest[0] === name
    : rest.length === 2 && /^run(?:-script)?$/.test(rest[0] ?? '') && rest[1] === name;
}

/** The words of `node server.js`; undefined when a shell is needed for it. */
export function plainNodeCall(text: string): readonly string[] | undefined {
  const script = parseShell(joinStretches(createSource(text), [{ start: 0, end: text.length }]), 'posix');
  const [command, ...others] = script.commands;
  if (command === undefined || others.length > 0 || script.fault !== undefined || command.partial) return undefined;
  const { words, assignments, redirects, piped } = command;
  if (assignments.length > 0 || redirects.length > 0 || piped !== undefined || /[&;|]/.test(text)) return undefined;
  const texts = words.flatMap((word) => (word.text === undefined ? [] : [word.text]));
  const isPlain = texts.length === words.length && texts[0] === 'node' && texts.length > 1;
  return isPlain && !texts.some((word) => /^--(?:watch|inspect)|[{}~]/.test(word)) ? texts : undefined;
}
