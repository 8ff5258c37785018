/** What a real shell runs, held against what the guards say. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { guardsHold, parseShell, simpleCommands } from '../src/syntax/shell/index.ts';
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
    if (random(3) > 0) {
      step += 1;
      return `STEPS="$STEPS ${step}"`;
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
    switch (random(9)) {
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
      default:
        return leaf();
    }
  };
  return () => {
    step = 0;
    return list(2);
  };
}

const shell = ['bash', 'dash', 'sh'].find((name) => spawnSync(name, ['-c', 'exit 0']).status === 0);
if (shell === undefined) console.warn('skipped: no shell to ask');

describe.skipIf(shell === undefined)('random scripts', () => {
  it('run the steps whose guards hold, and no others', () => {
    const write = scriptWriter(generator(7));
    const scripts = Array.from({ length: 1_500 }, write);
    const program = scripts.map((text) => `( STEPS=; trap 'echo "$STEPS"' EXIT; ${text} )`).join('\n');
    const { stdout } = spawnSync(shell ?? '', [], { input: program, encoding: 'utf8', cwd: '/' });
    const taken = stdout.split('\n').map((line) => new Set(line.split(' ').filter((name) => name !== '')));
    const wrong: string[] = [];
    let known = 0;
    let unknown = 0;
    let unconditional = 0;
    for (const [at, text] of scripts.entries()) {
      const offsets = Array.from({ length: text.length + 1 }, (_, place) => place);
      const script = parseShell({ text, offsets, source: createSource(text) }, 'posix');
      for (const command of simpleCommands(script)) {
        const step = /^STEPS="\$STEPS (\d+)"$/.exec(`STEPS=${command.assignments[0]?.value.raw}`)?.[1];
        if (step === undefined) continue;
        const holds = guardsHold(command.guards, { lookup: () => undefined, exists: () => false });
        const ran = taken[at]?.has(step) === true;
        if (holds === undefined) unknown += 1;
        else {
          known += 1;
          if (holds !== ran) wrong.push(`${step} ${ran ? 'ran' : 'did not run'}: ${text}`);
        }
        if (command.runs === 'always' && command.guards.length === 0) {
          unconditional += 1;
          if (!ran) wrong.push(`${step} counts as always run: ${text}`);
        }
      }
    }
    wrong.sort((a, b) => a.length - b.length);
    console.log({ known, unknown, unconditional, wrong: wrong.length });
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(known).toBeGreaterThan(unknown * 10);
    expect(unconditional).toBeGreaterThan(500);
  });
});
