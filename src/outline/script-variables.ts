/** Variables of the Dockerfile in the script of an instruction. */
import { type Located, offsetAt, type ShellCommand, type ShellScript, type Source, spanOf } from '../syntax/index.ts';
import { shellVariables } from './shell-variables.ts';

export interface ScriptVariable extends Located {
  readonly name: string;
}

/**
 * Where the shell reads or sets a variable of its environment, in scripts given to another shell too. Names that a loop
 * of the script takes for itself (`for NAME in`) are not among them. `isExpanded`: false for the exec form.
 */
export function variablesInScript(script: ShellScript, isExpanded: boolean): readonly ScriptVariable[] {
  const taken = new Set<string>();
  const places = new Map<number, string>();
  const { source } = script.text;
  collect(script, isExpanded, source, places, taken);
  return [...places]
    .filter(([, name]) => !taken.has(name))
    .map(([at, name]) => ({ name, span: spanOf(source, at, at + name.length) }));
}

/** Offsets in the file, with the name that stands there. */
function collect(
  { text, commands, interpreter }: ShellScript,
  isExpanded: boolean,
  source: Source,
  places: Map<number, string>,
  taken: Set<string>,
): void {
  if (interpreter !== 'posix') return;
  const note = (name: string, offset: number | undefined): void => {
    if (offset !== undefined && source.text.startsWith(name, offset)) places.set(offset, name);
  };
  if (isExpanded) for (const { name, at } of shellVariables(text.text)) note(name, text.offsets[at]);
  for (const command of commands) {
    for (const { name, span } of command.assignments) note(name, offsetAt(source, span.line, span.column));
    for (const { name, span } of namedBy(command)) note(name, offsetAt(source, span.line, span.column));
    for (const guard of command.guards)
      if (guard.kind === 'loop' && guard.variable !== undefined) taken.add(guard.variable);
    if (command.inner !== undefined) collect(command.inner, true, source, places, taken);
  }
}

const setters: ReadonlySet<string> = new Set([
  'export',
  'unset',
  'read',
  'readonly',
  'local',
  'declare',
  'typeset',
  'printenv',
]);

/** `export NAME`, `unset NAME`. */
function* namedBy({ effective }: ShellCommand): Iterable<ScriptVariable> {
  const [command, ...words] = effective;
  if (!setters.has(command?.text ?? '')) return;
  for (const { text = '', raw, span } of words)
    if (text === raw && /^[A-Za-z_]\w*$/.test(text)) yield { name: text, span };
}
