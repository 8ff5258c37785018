/** ARG and ENV, and where they are read: by BuildKit in words and heredocs, by shells in RUN, CMD and their like. */
import type { Build, Stage, State, Step, Value } from '../model/index.ts';
import {
  type CommandLine,
  commandScript,
  type ExpandedVariable,
  expand,
  expandedVariables,
  type Instruction,
  type Located,
  offsetAt,
  type Pair,
  referenceSpan,
  type ShellScript,
  type Source,
  type Span,
  spanOf,
  type Word,
} from '../syntax/index.ts';
import { inOrder, type Name, type NamePlace } from './name.ts';
import { variablesInScript } from './script-variables.ts';

interface Variable {
  readonly kind: Name['kind'];
  readonly text: string;
  readonly places: NamePlace[];
}

/**
 * All ARGs of one name are one build argument, which `--build-arg` sets. An ENV is one variable with those of its name
 * before it in the stage and the stages that it is based on.
 */
export function variableNames(build: Build): readonly Name[] {
  const reader = openReader(build);
  const { instructions } = build.file;
  const firstFrom = instructions.findIndex(({ keyword }) => keyword === 'FROM');
  for (const instruction of instructions.slice(0, Math.max(firstFrom, 0)))
    if (instruction.keyword === 'ARG') reader.globals(instruction.pairs, instruction);
  const steps = build.stages.flatMap((stage) => stage.steps.filter(({ instruction }) => instruction.onbuild !== true));
  for (const step of steps) reader.defines(step);
  for (const stage of build.stages) reader.from(stage);
  for (const step of steps) reader.reads(step);
  const passed = build.evidence.calls.flatMap((call) => call.arguments);
  return reader.variables().map((variable) => ({
    ...variable,
    places: inOrder(variable.places),
    mentions:
      variable.kind === 'argument' ? passed.filter(({ name }) => name === variable.text).map(({ at }) => at) : [],
  }));
}

function openReader({ file, globalArguments }: Build) {
  const { source, escape } = file;
  const known = new Map<string, Variable>();
  /** ENV by the place of their pairs. */
  const byPlace = new Map<string, Variable>();

  const variable = (kind: Name['kind'], text: string, key = `${kind} ${text}`): Variable => {
    const found = known.get(key) ?? { kind, text, places: [] };
    known.set(key, found);
    return found;
  };
  const definedBy = (value: Value | undefined, name: string): Variable => {
    if (value?.via === 'ARG') return variable('argument', name);
    const own = value?.via === 'ENV' ? byPlace.get(keyOf(value.span)) : undefined;
    return own ?? variable('outside', name);
  };
  const refer = (name: string, at: Span | undefined, value: Value | undefined): void => {
    if (at === undefined) return;
    definedBy(value, name).places.push({
      role: 'reference',
      written: 'name',
      span: at,
      ...(value === undefined ? {} : { value }),
    });
  };
  const define = (owner: Variable, { name: { span } }: Pair, value: Value | undefined): void => {
    owner.places.push({ role: 'definition', written: 'name', span, ...(value === undefined ? {} : { value }) });
  };
  const referAll = (
    words: readonly Word[],
    instruction: Instruction,
    valueOf: (name: string) => Value | undefined,
  ): void => {
    for (const word of words)
      for (const reference of expand(word.raw, () => undefined, { escape }).references) {
        const at = { name: reference.name, span: referenceSpan(instruction, word, reference), word };
        refer(reference.name, nameSpan(at, source), valueOf(reference.name));
      }
  };

  return {
    variables: (): readonly Variable[] => [...known.values()],
    globals(pairs: readonly Pair[], instruction: Instruction): void {
      for (const pair of pairs) {
        const name = pair.name.text;
        if (pair.value !== undefined) referAll([pair.value], instruction, (each) => globalArguments.get(each));
        if (name !== undefined) define(variable('argument', name), pair, globalArguments.get(name));
      }
    },
    from({ from }: Stage): void {
      const words = [from.image, from.platform].filter((word) => word !== undefined);
      referAll(words, from, (name) => globalArguments.get(name));
    },
    defines({ instruction, before, after }: Step): void {
      if (instruction.keyword === 'ARG' || instruction.keyword === 'ENV')
        for (const pair of instruction.pairs) {
          const name = pair.name.text;
          if (name === undefined || name === '') continue;
          if (instruction.keyword === 'ARG') define(variable('argument', name), pair, after.args.get(name));
          else {
            const earlier = before.env.get(name);
            const key = keyOf(pair.span);
            const same = earlier?.via === 'ENV' ? byPlace.get(keyOf(earlier.span)) : undefined;
            const owner = same ?? byPlace.get(key) ?? variable('environment', name, `environment ${name} ${key}`);
            byPlace.set(key, owner);
            define(owner, pair, after.env.get(name));
          }
        }
    },
    reads(step: Step): void {
      const { instruction, before } = step;
      for (const found of expandedVariables(instruction, escape))
        refer(found.name, nameSpan(found, source), lookUp(found.name, before));
      for (const { script, isExpanded, state } of scriptsOf(step))
        for (const { name, span } of variablesInScript(script, isExpanded)) {
          const value = lookUp(name, state);
          if (value !== undefined && !isSecretOf(instruction, name)) refer(name, span, value);
        }
    },
  };
}

const lookUp = (name: string, { env, args }: Variables): Value | undefined => env.get(name) ?? args.get(name);

/** Whether a secret mount puts a variable of this name over that of the Dockerfile. */
const isSecretOf = (instruction: Instruction, name: string): boolean =>
  instruction.keyword === 'RUN' && instruction.mounts.some(({ env }) => env?.text === name);

type Variables = Pick<State, 'env' | 'args'>;

interface ReadScript {
  readonly script: ShellScript;
  /** Not so for the exec form, in which only a shell that it names expands anything. */
  readonly isExpanded: boolean;
  readonly state: Variables;
}

/** What a shell reads, and the variables that it has: those of a container that starts are what the stage ends with. */
function scriptsOf({ instruction, script, before, stage }: Step): readonly ReadScript[] {
  const started = { env: stage.result.env, args: new Map<string, Value>() };
  switch (instruction.keyword) {
    case 'RUN':
      return script === undefined ? [] : [{ script, isExpanded: instruction.form === 'shell', state: before }];
    case 'CMD':
    case 'ENTRYPOINT':
      return [startScript(instruction, before, started)];
    case 'HEALTHCHECK':
      return instruction.command === undefined ? [] : [startScript(instruction.command, before, started)];
    default:
      return [];
  }
}

const startScript = (line: CommandLine, { shell }: State, state: Variables): ReadScript => ({
  script: commandScript(line, shell),
  isExpanded: line.form === 'shell',
  state,
});

/** The name alone; where only the word around it has a place, its one occurrence there. */
function nameSpan({ name, span }: Pick<ExpandedVariable, 'name' | 'span'>, source: Source): Span | undefined {
  const start = offsetAt(source, span.line, span.column);
  const text = source.text.slice(start, offsetAt(source, span.endLine, span.endColumn));
  const opening = /^\$\{?/.exec(text)?.[0].length ?? 0;
  if (opening > 0 && text.startsWith(name, opening))
    return spanOf(source, start + opening, start + opening + name.length);
  const hits = [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].filter((hit) => hit[1] === name);
  const [hit] = hits;
  if (hit === undefined || hits.length > 1) return undefined;
  const at = start + hit.index + hit[0].length - name.length;
  return spanOf(source, at, at + name.length);
}

const keyOf = ({ line, column }: Located['span']): string => `${line}:${column}`;
