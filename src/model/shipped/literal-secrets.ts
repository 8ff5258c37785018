/** Secrets that are written out in the Dockerfile, elsewhere than in ARG and ENV. */
import { isAssignedSecret, secretsInWords, secretValue } from '../../knowledge/index.ts';
import type { Instruction, Located, ShellCommand, ShellScript } from '../../syntax/index.ts';
import { commandName, commandScript } from '../../syntax/index.ts';
import type { Build, Stage, Step } from '../build.ts';
import { perStageAlone } from '../per-stage.ts';
import { judgedStages, targetOver } from '../query.ts';
import { remembered } from '../remembered.ts';
import type { Lookup } from '../state/environment.ts';
import { renderWord } from '../state/unknown-text.ts';

export interface LiteralSecret extends Located {
  /** `GitHub token`, `password of docker login` … */
  readonly kind: string;
  readonly step: Step;
  /** The ship target whose history or config shows it. */
  readonly target?: Stage;
  /** `name`: only the name of a variable says that its value is one. */
  readonly knownBy: 'shape' | 'name';
}

/** Each place once, in the order of the file. */
export function* literalSecrets(build: Build): Iterable<LiteralSecret> {
  for (const secret of writtenSecrets(build, judgedStages(build))) {
    const target = targetOver(build, secret.step.stage);
    yield target === undefined ? secret : { ...secret, target };
  }
}

const writtenSecrets = perStageAlone<LiteralSecret>(function* ({ steps }) {
  for (const step of steps) for (const found of secretsOf(step.instruction, step)) yield { ...found, step };
});

/** Values of variables are secrets of where they are set. */
const unknownVariables: Lookup = () => undefined;

type Found = Pick<LiteralSecret, 'span' | 'kind' | 'knownBy'>;

function* secretsOf(instruction: Instruction, step: Step): Iterable<Found> {
  switch (instruction.keyword) {
    case 'RUN':
      for (const command of step.commands) yield* inCommand(command.shell);
      return;
    case 'CMD':
    case 'ENTRYPOINT':
      yield* inScript(commandScript(instruction, step.before.shell));
      return;
    case 'HEALTHCHECK':
      if (instruction.command !== undefined) yield* inScript(commandScript(instruction.command, step.before.shell));
      return;
    case 'LABEL':
      for (const { value, span } of instruction.pairs) yield* inText(value?.raw ?? '', { span });
      return;
    case 'ADD':
      for (const source of instruction.sources) yield* inText(source.raw, source);
      return;
    case 'COPY':
      for (const { body, span } of instruction.heredocs) yield* inText(body.text, { span });
      return;
    default:
  }
}

function* inScript(script: ShellScript): Iterable<Found> {
  for (const command of script.commands) yield* inCommand(command);
}

const inCommand: (shell: ShellCommand) => readonly Found[] = remembered(
  (shell) => shell,
  (shell) => [...secretsOfCommand(shell)],
);

function* secretsOfCommand(shell: ShellCommand): Iterable<Found> {
  const [, ...words] = shell.effective;
  const texts = words.map((word) => renderWord(word, unknownVariables));
  for (const { at, kind } of secretsInWords(commandName(shell) ?? '', texts)) {
    const word = words[at];
    if (word !== undefined) yield { span: word.span, kind, knownBy: 'shape' };
  }
  for (const { name, value, span } of shell.assignments) {
    const text = value.text ?? '';
    const shaped = secretValue(text);
    if (shaped !== undefined) yield { span, kind: shaped.kind, knownBy: 'shape' };
    else if (isAssignedSecret(name, text)) yield { span, kind: `value of ${name}`, knownBy: 'name' };
  }
  for (const { heredoc } of shell.redirects) if (heredoc !== undefined) yield* inText(heredoc.raw, heredoc);
}

function* inText(text: string, { span }: Located): Iterable<Found> {
  const found = secretValue(text);
  if (found !== undefined) yield { span, kind: found.kind, knownBy: 'shape' };
}
