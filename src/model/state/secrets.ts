/** Secrets that come in by ARG and ENV, and the steps that use them. */
import { isPlaceholder, readsFromEnvironment, secretName, secretValue } from '../../knowledge/index.ts';
import type { Mount, PairsInstruction, ShellCommand, ShellWord } from '../../syntax/index.ts';
import type { Command, FileChange, Secret, Stage, Step, Value } from '../build.ts';
import { remembered } from '../remembered.ts';
import { settingOf } from './environment.ts';

type OpenSecret = Secret & { readonly uses: Step[]; alsoMounted: boolean };

/** Collects the secrets of a build while its stages are interpreted. */
export interface SecretRegister {
  readonly all: readonly Secret[];
  /** Marks those values of one ENV or ARG that are secrets. `step` is absent for global ARGs. */
  declareAll(
    values: ReadonlyMap<string, Value>,
    instruction: PairsInstruction,
    step?: Step,
  ): ReadonlyMap<string, Value>;
  /** Notes which secrets the values of one LABEL name. */
  useValues(values: ReadonlyMap<string, Value>, step: Step): void;
  /** Notes which secrets the commands of a step name, or take from their environment. */
  useAll(commands: readonly Command[], step: Step): void;
  /** Notes which secrets a step writes into files: `COPY <<EOF`, `envsubst < npmrc.template > .npmrc`. */
  useWritten(changes: readonly FileChange[], step: Step): void;
}

export function createSecretRegister(mounts: readonly Mount[]): SecretRegister {
  const all: OpenSecret[] = [];
  /** Names of variables that carry one, in some state. */
  const carriers = new Set<string>();
  const mounted = new Set(mounts.filter((mount) => mount.type === 'secret').flatMap(mountNames));
  return {
    all,
    declareAll(values, instruction, step) {
      const marked = new Map<string, Value>();
      const written = new Set(instruction.pairs.map((pair) => pair.name.text ?? pair.name.raw));
      for (const [name, value] of values) {
        if (step !== undefined && written.has(name)) for (const secret of value.secrets) use(secret, step);
        const secret = written.has(name) ? declare(name, value, step?.stage, mounted) : undefined;
        if (secret !== undefined) all.push(secret);
        if (secret !== undefined || value.secrets.length > 0) carriers.add(name);
        marked.set(name, secret === undefined ? value : { ...value, secrets: [...value.secrets, secret] });
      }
      return marked;
    },
    useValues(values, step) {
      for (const { secrets } of values.values()) for (const secret of secrets) use(secret, step);
    },
    useWritten(changes, step) {
      for (const { source, credential } of changes)
        for (const secret of source === undefined ? (credential?.secrets ?? []) : [])
          if (secret.via === 'ARG' || secret.via === 'ENV') use(secret, step);
    },
    useAll(commands, step) {
      for (const command of commands)
        for (const name of [...namesIn(command.shell), ...[...carriers].filter((each) => isRead(each, command))])
          for (const secret of settingOf(name, step.before)?.secrets ?? []) use(secret, step);
    },
  };
}

/** An install for Node.js runs no build of the project, and takes what its settings name. */
const isRead = (variable: string, { name, install }: Command): boolean =>
  install?.node === true
    ? install.variables?.includes(variable) === true
    : name !== undefined && readsFromEnvironment(name, variable);

function use(secret: Secret, step: Step): void {
  const { uses } = secret as OpenSecret;
  if (!uses.includes(step)) uses.push(step);
}

/** Names that a secret mount and a build argument for the same thing share: id and variable, compared without case. */
const mountNames = (mount: Mount): readonly string[] =>
  [mount.id, mount.env].flatMap((word) => (word === undefined ? [] : [comparable(word.text ?? word.raw)]));

const comparable = (name: string): string => name.toLowerCase().replaceAll(/[-_.]/g, '');

function declare(
  name: string,
  value: Value,
  stage: Stage | undefined,
  mounted: ReadonlySet<string>,
): OpenSecret | undefined {
  if (value.via === 'image' || value.via === 'LABEL') return undefined;
  const shaped = value.text === undefined || value.given === true ? undefined : secretValue(value.text);
  const named = secretName(name) && !(value.via === 'ENV' && value.text === '');
  if (shaped === undefined && !named) return undefined;
  return {
    name,
    via: value.via,
    span: value.span,
    value: shaped !== undefined ? 'literal' : sourceOf(value),
    uses: [],
    alsoMounted: mounted.has(comparable(name)),
    ...(stage === undefined ? {} : { stage }),
  };
}

function sourceOf(value: Value): Secret['value'] {
  if (value.given === true || value.text === undefined || value.text === '' || value.secrets.length > 0) return 'none';
  return isPlaceholder(value.text) ? 'placeholder' : 'literal';
}

/** Variables that a command names, its assignments, redirects and heredocs included. */
const namesIn: (shell: ShellCommand) => readonly string[] = remembered(
  (shell) => shell,
  ({ words, assignments, redirects }) => [
    ...words.flatMap(namesInWord),
    ...assignments.flatMap(({ value }) => namesInWord(value)),
    ...redirects.flatMap(({ target, heredoc }) => [
      ...namesInWord(target),
      ...(heredoc === undefined ? [] : namesInWord(heredoc)),
    ]),
  ],
);

const namesInWord = ({ parts }: ShellWord): readonly string[] =>
  parts.flatMap((part) =>
    part.kind !== 'parameter' ? [] : [part.name, ...(part.operand === undefined ? [] : namesInWord(part.operand))],
  );
