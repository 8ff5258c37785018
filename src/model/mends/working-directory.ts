/** WORKDIR in place of cd, and where COPY hangs on that of the base image. */
import type { Edit, Instruction, Span } from '../../syntax/index.ts';
import type { Build, Stage, Step } from '../build.ts';
import type { HomelessCopy } from '../files/copy-destinations.ts';
import { resolve } from '../files/path.ts';
import { remembered } from '../remembered.ts';
import type { DirectoryChange } from '../run/directory-changes.ts';
import { joining } from './commands-out.ts';
import type { Fix } from './fix.ts';
import { keywordAs, linesAbove, linesBelow } from './lines.ts';
import { between, isWrittenOut, writtenAt } from './written.ts';

/** A RUN of which all is done in another directory, and the `cd` with what joins it to the rest. */
interface MovedRun {
  readonly step: Step;
  readonly target: string;
  readonly cd: Span;
}

/** One WORKDIR above RUNs that follow one another and go to the same directory and, where more hangs on it, the former one below. */
export function workdirForRun(build: Build, { command, workdir, holdsFor }: DirectoryChange): Fix | undefined {
  const { step } = command.run;
  const all = holdsFor === 'all' ? groupsIn({ stage: step.stage, build }).get(step) : undefined;
  const [first, last] = [all?.[0], all?.at(-1)];
  if (all === undefined || first === undefined || last === undefined || workdir === undefined) return undefined;
  if (all.length > mostTogether && first.step !== step) return undefined;
  const { target } = first;
  const keyword = keywordAs('WORKDIR', first.step.instruction);
  const edits: Edit[] = [linesAbove(first.step.instruction, [`${keyword} ${target}`])];
  for (const { cd } of all) edits.push({ at: cd, text: '' });
  if (target !== workdir && needsWorkdir(build, last.step)) {
    const back = linesBelow(last.step.instruction, [`${keyword} ${workdir}`], build);
    if (back === undefined) return undefined;
    edits.push(back);
  }
  // WORKDIR makes what is not there, where cd stops.
  const isThere = first.step.before.rootfs.stat(target).presence === 'present';
  return { says: `Write WORKDIR ${target}`, safety: isThere ? 'safe' : 'unsafe', edits };
}

/** Of more than so many the first alone has the fix: each would say the edits of all. */
const mostTogether = 20;

/** Undefined where the cd is not the first of plain steps. */
function movedRun(build: Build, step: Step): MovedRun | undefined {
  const { instruction, script, before } = step;
  if (instruction.keyword !== 'RUN' || instruction.form !== 'shell' || instruction.onbuild) return undefined;
  const [shell, next] = script?.commands ?? [];
  if (shell === undefined || next === undefined || instruction.heredocs.length > 0 || shell.partial) return undefined;
  const [program, word, more] = shell.words;
  if (program?.text !== 'cd' || word?.text === undefined || more !== undefined || before.workdir === undefined)
    return undefined;
  if (!/^[\w./@][\w./@-]*$/.test(word.text) || !isWrittenOut(word, build)) return undefined;
  if (script?.commands.slice(1).some((command) => /^(?:cd|pushd|popd)$/.test(command.words[0]?.text ?? '')))
    return undefined;
  if (joining(build, writtenAt(build, between(shell.span, next.span))) !== '&&') return undefined;
  const cd = { ...shell.span, endLine: next.span.line, endColumn: next.span.column };
  return { step, target: resolve(before.workdir, word.text).replace(/(?<=.)\/$/, ''), cd };
}

/** By step: those that follow one another and go to the same place by its absolute path. */
const groupsIn: (of: { readonly stage: Stage; readonly build: Build }) => ReadonlyMap<Step, readonly MovedRun[]> =
  remembered(
    ({ stage }) => stage,
    ({ stage, build }) => {
      const groups = new Map<Step, MovedRun[]>();
      let group: MovedRun[] = [];
      for (const step of stage.steps) {
        const moved = movedRun(build, step);
        if (moved === undefined) group = [];
        else {
          group = group[0]?.target === moved.target ? group : [];
          group.push(moved);
          groups.set(step, group);
        }
      }
      return groups;
    },
  );

/** Whether something below hangs on the working directory before the next absolute one. */
function needsWorkdir(build: Build, step: Step): boolean {
  const { stage } = step;
  for (const { instruction } of stage.steps.slice(stage.steps.indexOf(step) + 1)) {
    if (instruction.keyword === 'WORKDIR') return !/^["']?\//.test(instruction.value.raw);
    if (!isIndifferent(instruction)) return true;
  }
  return (
    build.targets.includes(stage) || build.stages.some(({ base }) => base.kind === 'stage' && base.stage === stage)
  );
}

const isIndifferent = ({ keyword }: Instruction): boolean =>
  /^(?:ENV|ARG|LABEL|EXPOSE|USER|STOPSIGNAL|MAINTAINER)$/.test(keyword);

/** The working directory of the base image, said; where there is no base, the path from the root. */
export function workdirOfBase(build: Build, copy: HomelessCopy): Fix | undefined {
  const { step } = copy;
  const { workdir } = step.before;
  if (copy.base === 'none') return absoluteDestination(build, copy);
  if (copy.base !== 'own' || workdir === undefined || !/^[\w./@-]+$/.test(workdir)) return undefined;
  // The first of the stage says it for all.
  const first = step.stage.steps.find(({ instruction }) => /^(?:COPY|ADD|RUN)$/.test(instruction.keyword)) ?? step;
  if (first.instruction.onbuild) return undefined;
  const line = `${keywordAs('WORKDIR', first.instruction)} ${workdir}`;
  return { says: `Say ${line}`, safety: 'safe', edits: [linesAbove(first.instruction, [line])] };
}

function absoluteDestination(build: Build, { span, path, leadsTo }: HomelessCopy): Fix | undefined {
  if (leadsTo === undefined || writtenAt(build, span) !== path || !/^[\w./@-]+$/.test(path)) return undefined;
  const slash = /(?:^|\/)\.?$/.test(path) && leadsTo !== '/' && !leadsTo.endsWith('/') ? '/' : '';
  return { says: `Write ${leadsTo}${slash}`, safety: 'safe', edits: [{ at: span, text: `${leadsTo}${slash}` }] };
}
