/** Files of the image that every account may write to. */
import { modeCall, modeEffect } from '../../knowledge/index.ts';
import type { Build, Command, Located, Stage, Step } from '../build.ts';
import { relativeTo, resolve } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { operands } from '../run/operands.ts';
import { ownSteps, textAt } from '../state/word-values.ts';

export interface WorldWritable extends Located {
  readonly target: Stage;
  readonly mode: string;
  /** Absolute where known. */
  readonly path: string;
  /** Other paths of the same instruction. */
  readonly more: number;
}

interface Grant extends Located {
  readonly mode: string;
  readonly paths: readonly string[];
  readonly recursive: boolean;
  readonly always: boolean;
}

/** By their last mode, in stages that ship; what is there for everybody to write (/tmp, /dev) left out. */
export function* worldWritable(build: Build): Iterable<WorldWritable> {
  const told = new Set<Located['span']>();
  for (const target of build.targets) {
    const open = new Map<string, Grant>();
    for (const stage of chainOf(target))
      for (const step of ownSteps(stage))
        for (const grant of grantsOf(step, build)) {
          const effect = modeEffect(grant.mode);
          if (effect === 'opens') for (const path of grant.paths) open.set(path, grant);
          if (effect === 'closes' && grant.always) close(grant, open);
        }
    const { rootfs } = target.result;
    const byGrant = new Map<Grant, string[]>();
    for (const [path, grant] of open) {
      if (isForEverybody(path, grant) || rootfs.stat(path).change?.kind === 'removal') continue;
      const paths = byGrant.get(grant);
      if (paths === undefined) byGrant.set(grant, [path]);
      else paths.push(path);
    }
    for (const [{ span, mode }, [path, ...more]] of byGrant) {
      if (path === undefined || told.has(span)) continue;
      told.add(span);
      yield { span, target, mode, path, more: more.length };
    }
  }
}

function close({ paths, recursive }: Grant, open: Map<string, Grant>): void {
  for (const path of paths) {
    open.delete(path);
    if (recursive) for (const below of [...open.keys()]) if (relativeTo(path, below) !== undefined) open.delete(below);
  }
}

function* grantsOf(step: Step, build: Build): Iterable<Grant> {
  const { instruction, before } = step;
  if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') {
    const mode = instruction.chmod && textAt(instruction.chmod, step, build);
    const to = textAt(instruction.destination, step, build);
    if (instruction.chmod === undefined || mode === undefined || to === undefined || before.workdir === undefined)
      return;
    yield { span: instruction.chmod.span, mode, paths: [resolve(before.workdir, to)], recursive: true, always: true };
  }
  for (const command of step.commands) {
    const call = takesAway.has(command.name)
      ? { mode: '0', paths: operands(command.arguments), recursive: true }
      : modeCall(command.name, command.arguments);
    if (call === undefined) continue;
    const paths = call.paths.flatMap((path) => pathsOf(path, command));
    yield { span: spanOf(call.mode, command), ...call, paths, always: command.runs === 'always' };
  }
}

/** What is at a path is gone after it. */
const takesAway: ReadonlySet<string | undefined> = new Set(['rm', 'rmdir', 'unlink', 'mv']);

/** What is not known, and what find puts in, is nobody's name. */
function pathsOf(path: string | undefined, { workdir }: Command): readonly string[] {
  if (path === undefined || path === '{}' || (workdir === undefined && !path.startsWith('/'))) return [];
  return [resolve(workdir ?? '/', path)];
}

const spanOf = (mode: string, { shell }: Command): Located['span'] =>
  (shell.effective.find(({ text }) => text === mode) ?? shell).span;

/** A directory for temporary files has to stay sticky, which it does when letters say the mode. */
const isForEverybody = (path: string, { mode }: Grant): boolean =>
  /^\/(?:tmp|var\/tmp|dev|proc|run\/lock)\/|^\/dev$/.test(path) || (/^\/(?:var\/)?tmp$/.test(path) && !/\d/.test(mode));
