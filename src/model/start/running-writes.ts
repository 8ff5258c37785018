/** Whether what an image starts writes files beside itself, as far as its files tell. */
import { callsForFiles, isForWriting, namesDatabaseFile, scriptOperandOf } from '../../knowledge/index.ts';
import type { Build, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { directoryName, join, resolve } from '../files/path.ts';
import { launchOf } from './launch.ts';
import { manifestText } from './manifest-script.ts';

/** `next`: the cache of a Next.js server, in its `.next`; `files`: others; undefined where nothing tells of any. */
export function runningWrites(target: Stage, build: Build): 'next' | 'files' | undefined {
  const { env, rootfs, workdir } = target.result;
  if ([...env.values()].some(({ text }) => text !== undefined && namesDatabaseFile(text))) return 'files';
  const places = new Set(workdir === undefined ? [] : [workdir]);
  for (const command of launchOf(target)?.commands ?? []) {
    const operand = scriptOperandOf(command.words);
    if (operand === undefined || (command.workdir === undefined && !operand.script.startsWith('/'))) continue;
    const path = resolve(command.workdir ?? '/', operand.script);
    const text = operand.endings
      .map((ending) => textAt(path + ending, rootfs, build))
      .find((each) => each !== undefined);
    if (text !== undefined && callsForFiles(text)) return 'files';
    for (let folder = directoryName(path); folder !== '/'; folder = directoryName(folder)) places.add(folder);
  }
  if ([...places].some((folder) => rootfs.stat(join(folder, '.next')).presence === 'present')) return 'next';
  const manifests = [...places].flatMap((folder) => manifestText(folder, target, build) ?? []);
  return manifests.some(isForWriting) ? 'files' : undefined;
}
