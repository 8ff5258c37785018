/** What a real shell leaves behind, held against the file system of the model. */
import { describe, expect, it } from 'vitest';
import { unknownContext } from '../src/context/index.ts';
import { createBuild } from '../src/model/index.ts';
import { parseDockerfile } from '../src/syntax/index.ts';
import { generator, type Outcome, runAll, scriptWriter, shell, vocabulary } from './harness/file-scripts.ts';

if (shell === undefined) console.warn('skipped: no dash to ask');

const seeds = (process.env['FILE_SEEDS'] ?? '1,2,3').split(',').map(Number);
const runs = Number(process.env['FILE_RUNS'] ?? 150);

interface Count {
  known: number;
  unknown: number;
}

function* contradictions(text: string, outcome: NonNullable<Outcome>, count: Count): Iterable<string> {
  const script = text.replaceAll('@', '');
  const build = createBuild(parseDockerfile(`FROM scratch\nWORKDIR /app\nRUN <<'SCRIPT'\n${script}\nSCRIPT\n`), {
    context: unknownContext,
  });
  const rootfs = build.stages[0]?.result.rootfs;
  for (const path of new Set([...outcome.keys(), ...vocabulary.map((each) => each.replace(/\/\.$/, ''))])) {
    const says = rootfs?.stat(path).presence;
    count[says === 'unknown' ? 'unknown' : 'known'] += 1;
    const stands = outcome.has(path) ? 'present' : 'absent';
    if (says !== 'unknown' && says !== stands) yield `${path} is ${stands}, not ${says}:\n${script}`;
    if (process.env['FILE_UNKNOWN'] !== undefined && says === 'unknown')
      yield `${path} is ${stands}, not known:\n${script}`;
  }
}

describe.skipIf(shell === undefined)('random file commands', () => {
  it.each(seeds)(
    'leave what the model says (seed %i)',
    (seed) => {
      const scripts = Array.from({ length: runs }, scriptWriter(generator(seed)));
      const count: Count = { known: 0, unknown: 0 };
      const wrong: string[] = [];
      let ran = 0;
      for (const [at, outcome] of runAll(scripts).entries()) {
        if (outcome === undefined) continue;
        ran += 1;
        wrong.push(...[...contradictions(scripts[at] ?? '', outcome, count)].slice(0, 1));
      }
      if (process.env['FILE_RUNS'] !== undefined) console.log(seed, { ran, wrong: wrong.length }, count);
      expect(wrong.sort((one, other) => one.length - other.length).slice(0, 5)).toEqual([]);
      expect(count.unknown).toBeLessThan((count.known + count.unknown) * 0.05);
      expect(ran).toBeGreaterThan(runs / 3);
    },
    60_000,
  );
});
