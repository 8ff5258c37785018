/** Packages of the system above the source, so that an edit of it leaves their layer in the cache. */
import type { Edit, Span } from '../../syntax/index.ts';
import type { Build, Command, Step } from '../build.ts';
import type { LateTools } from '../installs/late-tools.ts';
import { anyPackageCallOf } from '../run/command-calls.ts';
import { before, type Fix } from './fix.ts';
import { blocksOf, topOf, withoutLines } from './lines.ts';
import { writtenAt } from './written.ts';

/** The fix that moves all such RUNs of the stage; undefined where anything between or in them may hang on the source. */
export function toolsFirst(build: Build, { command, source, more }: LateTools): Fix | undefined {
  const { steps } = command.step.stage;
  const from = steps.indexOf(source.step);
  const runs = [...new Set([command, ...more].map(({ step }) => step))];
  const last = steps.indexOf(runs.at(-1) ?? command.step);
  if (from === -1 || source.step.instruction.onbuild) return undefined;
  for (const step of steps.slice(from, last)) if (!runs.includes(step) && !isIndifferent(step)) return undefined;
  for (const step of runs) {
    const { instruction } = step;
    if (instruction.keyword !== 'RUN' || instruction.form !== 'shell' || instruction.onbuild) return undefined;
    if (step.before.user !== source.step.before.user || step.before.shell !== source.step.before.shell)
      return undefined;
    if (!step.commands.every(isOfTheSystem) || instruction.mounts.some(({ type }) => type === 'bind')) return undefined;
  }
  const texts: string[] = [];
  const edits: Edit[] = [];
  for (const block of blocksOf(runs.map(({ instruction }) => instruction))) {
    const gone = withoutLines(block, build);
    const last = block.at(-1);
    if (gone === undefined || last === undefined) return undefined;
    texts.push(writtenAt(build, { ...last.span, line: gone.at.line, column: 1 }));
    edits.push(gone);
  }
  const copy = firstCopy(source.step).instruction;
  const first = topOf(copy);
  const mark = first.line === 1 && build.file.source.text.startsWith('\ufeff') ? 1 : 0;
  const isParted =
    edits.some(({ at }) => isEmptyAbove(build, at)) && (first !== copy.span || isEmptyAbove(build, first));
  const text = `${texts.join('\n')}${isParted ? '\n\n' : '\n'}`;
  return {
    says: 'Move it above the source',
    safety: isApart(source.step) ? 'safe' : 'unsafe',
    edits: [before({ ...first, column: 1 + mark }, text), ...edits],
  };
}

/** Copies right above it bring no more than it does. */
function firstCopy(source: Step): Step {
  const { steps } = source.stage;
  let first = source;
  for (let at = steps.indexOf(source) - 1; at >= 0; at -= 1) {
    const step = steps[at];
    if (step?.instruction.keyword !== 'COPY' || step.instruction.onbuild || !copiesApart(step)) break;
    first = step;
  }
  return first;
}

const isEmptyAbove = (build: Build, { line }: Span): boolean =>
  writtenAt(build, { line: line - 1, column: 1, endLine: line, endColumn: 1 }).trim() === '';

/** What sets nothing that a RUN reads, and brings no repository in. */
function isIndifferent({ instruction, commands }: Step): boolean {
  if (instruction.keyword === 'RUN')
    return commands.length > 0 && commands.every(({ invocation }) => invocation !== undefined && !invocation.global);
  return /^(?:COPY|ADD|WORKDIR|LABEL|EXPOSE|CMD|ENTRYPOINT|HEALTHCHECK|STOPSIGNAL)$/.test(instruction.keyword);
}

/** Packages by name, and what cleans up behind them. */
function isOfTheSystem(command: Command): boolean {
  const { name, arguments: words, shell, runs, invocation } = command;
  if (runs !== 'always' || shell.partial || shell.redirects.length > 0 || shell.piped !== undefined) return false;
  if (words.some((word) => word === undefined)) return false;
  if (name === 'rm') return words.every((word) => /^-|^\/(?:var\/(?:lib\/apt|cache)|tmp)\//.test(word ?? ''));
  if (name === 'set' || name === 'update-ca-certificates') return true;
  if (invocation?.operation === 'cache-clean') return true;
  if (words.some((word) => /^\.|\/|^-(?:r|e|c)$|^--(?:requirement|editable|constraint)|=$/.test(word ?? '')))
    return false;
  const call = anyPackageCallOf(command);
  return call !== undefined || invocation?.global === true || /^(?:apt-get|apt|apk|dnf|yum|microdnf)$/.test(name ?? '');
}

/** Where packages put their files. */
const ofPackages = /^\/(?:etc|s?bin|lib\w*|var\/lib|usr(?!\/src|\/local\/\w+\/src))(?:\/|$)|^\/$/;

const copiesApart = (step: Step): boolean =>
  (step.stage.layers.find((layer) => layer.step === step)?.changes ?? []).every(({ path }) => !ofPackages.test(path));

/** Nothing that is copied from the source on lies where packages put their files. */
function isApart({ stage, span }: Step): boolean {
  const copies = stage.steps.filter(
    ({ instruction }) => instruction.keyword === 'COPY' || instruction.keyword === 'ADD',
  );
  return copies.filter((copy) => copy.span.line >= span.line).every(copiesApart);
}
