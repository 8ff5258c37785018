/** Texts in a folder of the user's own, by key. Nothing here throws: what cannot be kept is worked out again. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digest } from './digest.ts';

export interface Store {
  read(key: string): string | undefined;
  write(key: string, text: string): void;
  /** Removes what is old, once a day; `now` as Date.now(). */
  sweep(now: number): void;
}

const day = 24 * 60 * 60 * 1000;

/** What is kept holds for the day it was written on. */
const longest = 2 * day;

export function openStore(folder: string): Store {
  let isUsable = true;
  /** Two keys may share a file, and then take each other's place: who reads compares the whole key. */
  const fileOf = (key: string): string => join(folder, digest(key));
  return {
    read(key) {
      try {
        return readFileSync(fileOf(key), 'utf8');
      } catch {
        return undefined;
      }
    },
    write(key, text) {
      if (!isUsable) return;
      // It holds parts of what is linted: it is for nobody else.
      const put = (): void => writeFileSync(fileOf(key), text, { mode: 0o600 });
      isUsable =
        succeeds(put) || (succeeds(() => mkdirSync(folder, { recursive: true, mode: 0o700 })) && succeeds(put));
    },
    sweep(now) {
      const stamp = join(folder, 'swept');
      const swept = statOf(stamp)?.mtimeMs;
      if (!isUsable || (swept !== undefined && now - swept < day && swept <= now)) return;
      if (!succeeds(() => writeFileSync(stamp, '', { mode: 0o600 }))) return;
      succeeds(() => utimesSync(stamp, now / 1000, now / 1000));
      for (const name of namesIn(folder)) {
        const file = join(folder, name);
        if (now - (statOf(file)?.mtimeMs ?? now) > longest) succeeds(() => rmSync(file));
      }
    },
  };
}

function succeeds(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

function statOf(path: string): { readonly mtimeMs: number } | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
