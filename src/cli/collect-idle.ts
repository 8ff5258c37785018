/** Memory that is tidied up while nobody waits. */
import { isNode } from './collect-early.ts';

/** Milliseconds after an answer until nobody is taken to wait: less than lies between two keys. */
const pause = 10;

/** Share of young memory in use from which on the next text may fill it. */
const worthWhile = 0.25;

type Collect = (options: { readonly type: 'minor' }) => void;

/**
 * To be called when something was answered. What a text leaves behind fills V8's young memory within a few keys, and is
 * tidied up in the middle of one of the next, which then takes twice as long: it is done before the next one comes.
 */
export function idleCollection(): () => void {
  if (!isNode()) return () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let collect: Promise<() => void> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      collect ??= openCollection();
      collect.then((run) => run()).catch(() => {});
    }, pause);
    timer.unref();
  };
}

async function openCollection(): Promise<() => void> {
  const { getHeapSpaceStatistics, setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  const collect: Collect = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  return () => {
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    if (young === undefined) return;
    const all = young.space_used_size + young.space_available_size;
    if (young.space_used_size > all * worthWhile) collect({ type: 'minor' });
  };
}
