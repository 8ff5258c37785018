/** The page's side of the engine: one text at a time is judged, and only the newest one waits. */
import type { Answered, Asked, FixAnswer, FixChoice, Judgement, Outline, Workspace } from './messages.ts';

export interface Engine {
  /** Asks about a workspace; the newest answers alone are told. */
  analyse(workspace: Workspace, changed?: string): void;
  /** The text with fixes; undefined when there are none, or the engine breaks on it. */
  fix(workspace: Workspace, which: FixChoice): Promise<FixAnswer | undefined>;
}

export interface EngineEvents {
  judged(judgement: Judgement): void;
  outlined(outline: Outline): void;
  /** `error`: what went wrong, in words. */
  broken(error: string): void;
}

export function startEngine(events: EngineEvents): Engine {
  const thread = new Worker(new URL('./engine-thread.js', import.meta.url), { type: 'module' });
  let version = 0;
  let underWay = false;
  let waiting: Asked | undefined;
  const fixes = new Map<number, (answer: FixAnswer | undefined) => void>();
  const ask = (asked: Asked): void => {
    underWay = true;
    thread.postMessage(asked);
  };
  thread.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
    const fix = fixes.get(data.version);
    fixes.delete(data.version);
    if (fix !== undefined) {
      fix('text' in data ? data : undefined);
      return;
    }
    const isNewest = data.version === version;
    if ('graph' in data) {
      if (isNewest) events.outlined(data);
      return;
    }
    underWay = false;
    if ('error' in data) events.broken(data.error);
    else if ('result' in data && isNewest) events.judged(data);
    const next = waiting;
    waiting = undefined;
    if (next !== undefined) ask(next);
  });
  thread.addEventListener('error', () => events.broken('The engine could not be loaded.'));
  return {
    analyse(workspace, changed) {
      version += 1;
      const asked: Asked = { version, workspace, ...(changed !== undefined && { changed }) };
      if (underWay) waiting = asked;
      else ask(asked);
    },
    fix(workspace, which) {
      // Fixes are counted apart, so that they outdate no analysis.
      const id = -1 - fixes.size - version;
      return new Promise((resolve) => {
        fixes.set(id, resolve);
        thread.postMessage({ fix: which, version: id, workspace } satisfies Asked);
      });
    },
  };
}
