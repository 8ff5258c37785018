/** What a real shell runs, held against what the guards say. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commandStates, guardsHold, parseShell, simpleCommands } from '../src/syntax/shell/index.ts';
import { createSource } from '../src/syntax/source.ts';

/** A sequence of numbers below `below`, the same in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Scripts whose every step assigns to STEPS, so that the shell can say at the end which ones it took. */
function scriptWriter(random: (below: number) => number): () => string {
  let step = 0;
  const pick = (texts: readonly string[]): string => texts[random(texts.length)] ?? '';
  const leaf = (): string => {
    if (random(4) === 0) return `A=${random(3)}`;
    if (random(3) > 0) {
      step += 1;
      return `STEPS="$STEPS ${step}=$A"`;
    }
    return pick([
      'true',
      'false',
      '[ a = a ]',
      '[ a = b ]',
      '[ -n "" -o a = a ]',
      ':',
      '[ -f missing ]',
      'test ! -d missing',
    ]);
  };
  const list = (depth: number): string => Array.from({ length: 1 + random(3) }, () => statement(depth)).join('; ');
  const statement = (depth: number): string => {
    const andOr = [member(depth)];
    while (random(2) > 0 && andOr.length < 8) andOr.push(pick(['&&', '||']), member(depth));
    return andOr.join(' ');
  };
  const member = (depth: number): string => {
    if (depth <= 0) return leaf();
    switch (random(10)) {
      case 0:
        return `{ ${list(depth - 1)}; }`;
      case 1:
        return `if ${list(depth - 1)}; then ${list(depth - 1)}; fi`;
      case 2:
        return `if ${list(depth - 1)}; then ${list(depth - 1)}; elif ${list(depth - 1)}; then ${list(depth - 1)}; else ${list(depth - 1)}; fi`;
      case 3:
        return `case ${pick(['a', 'b', 'ab'])} in a) ${list(depth - 1)};; ${pick(['b*', '?b', '[ab]'])}|x) ${list(depth - 1)};; *) ${list(depth - 1)};; esac`;
      case 4:
        return `! ${leaf()}`;
      case 5:
        return `for x in 1; do ${list(depth - 1)}; done`;
      case 6:
        return random(3) === 0 ? `{ ${leaf()} ${pick(['&&', '||'])} exit 0; }` : leaf();
      case 7:
        return random(3) === 0 ? `{ ${leaf()} || ${pick(['exit 1', 'exit', '{ STEPS=$STEPS; exit 1; }'])}; }` : leaf();
      default:
        return leaf();
    }
  };
  return () => {
    step = 0;
    return list(2);
  };
}

const shell = ['bash', 'dash'].find((name) => spawnSync(name, ['-c', 'exit 0']).status === 0);
if (shell === undefined) console.warn('skipped: no shell to ask');

/** What a shell did with one script. */
interface Outcome {
  readonly status: number;
  /** The value of A at each step that was taken. */
  readonly steps: ReadonlyMap<string, string>;
}

function run(scripts: readonly string[]): readonly Outcome[] {
  const program = scripts.map((text) => `( STEPS=; unset A; trap 'echo "$? $STEPS"' EXIT; ${text} )`).join('\n');
  const { stdout } = spawnSync(shell ?? '', [], { input: program, encoding: 'utf8', cwd: '/' });
  return stdout.split('\n').map((line) => {
    const [status, ...steps] = line.split(' ').filter((word) => word !== '');
    return {
      status: Number(status),
      steps: new Map(steps.map((step): [string, string] => [step.replace(/=.*/, ''), step.replace(/.*=/, '')])),
    };
  });
}

/** Where the guards say otherwise than the shell. */
function* contradictions(text: string, { status, steps }: Outcome, counts: Counts): Iterable<string> {
  const offsets = Array.from({ length: text.length + 1 }, (_, place) => place);
  const script = parseShell({ text, offsets, source: createSource(text) }, 'posix');
  if (script.fault !== undefined) yield `${script.fault}: ${text}`;
  const reachesEnd = status === 0 || !/exit(?! 0)/.test(text);
  for (const { command, lookup } of commandStates(simpleCommands(script), '/', () => null, '/')) {
    const step = /^"\$STEPS (\d+)=\$A"$/.exec(command.assignments[0]?.value.raw ?? '')?.[1];
    if (step === undefined) continue;
    const ran = steps.has(step);
    const value = lookup('A');
    if (value !== undefined) counts.values += 1;
    if (ran && value !== undefined && value !== (steps.get(step) || null)) yield `${step} has not A=${value}: ${text}`;
    const holds = guardsHold(command.guards, { lookup: () => undefined, exists: () => false });
    counts[holds === undefined ? 'unknown' : 'known'] += 1;
    if (holds === false && ran) yield `${step} ran: ${text}`;
    if (holds === true && !ran && reachesEnd) yield `${step} did not run: ${text}`;
    if (command.runs === 'sometimes') continue;
    counts.always += 1;
    if (!ran && status === 0) yield `${step} counts as always run: ${text}`;
  }
}

interface Counts {
  known: number;
  unknown: number;
  always: number;
  values: number;
}

describe.skipIf(shell === undefined)('random scripts', () => {
  it.each([1, 2, 3, 4])(
    'run the steps whose guards hold, and no others (seed %i)',
    (seed) => {
      const scripts = Array.from({ length: 150 }, scriptWriter(generator(seed)));
      const outcomes = run(scripts);
      const counts: Counts = { known: 0, unknown: 0, always: 0, values: 0 };
      const wrong: string[] = [];
      for (const [at, text] of scripts.entries()) {
        const outcome = outcomes[at];
        if (outcome !== undefined) wrong.push(...contradictions(text, outcome, counts));
      }
      expect(wrong.sort((left, right) => left.length - right.length).slice(0, 5)).toEqual([]);
      expect(counts.known).toBeGreaterThan(counts.unknown * 5);
      expect(counts.values).toBeGreaterThan(counts.known / 4);
      expect(counts.always).toBeGreaterThan(100);
    },
    30_000,
  );
});
