/** Results that are held as bytes say what they said, from thread to thread, too. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { heldOf } from '../src/cli/held-result.ts';
import { packed, unpacked } from '../src/cli/packed-result.ts';
import { lint } from '../src/engine/lint.ts';
import { runCli } from './harness/run-cli.ts';
import { judgementDay } from './harness/shared.ts';

const linted = (text: string) => lint({ path: 'api/Dockerfile', text, rules, today: judgementDay });

const text =
  'FROM node:22\nWORKDIR /app\nCOPY . .\n# dflint ignore=unlocked-install -- see *ü* \u{1f600}\nRUN npm install\nCMD npm start\n';
const result = linted(text);

test('a result comes back as it was', () => {
  expect(result.findings.length).toBeGreaterThan(2);
  expect(result.suppressed.length).toBe(1);
  expect(result.findings.some(({ fix }) => fix !== undefined)).toBe(true);
  expect({ ...unpacked(packed(result)) }).toEqual(result);
  expect({ ...unpacked(structuredClone(packed(result))) }).toEqual(result);
  expect({ ...unpacked(packed(unpacked(packed(result)))) }).toEqual(result);
});

test('few results are held as they are, many as bytes', async () => {
  expect((await heldOf(10))(result)).toBe(result);
  const held = (await heldOf(5000))(result);
  expect(held).not.toBe(result);
  expect(Object.getOwnPropertyDescriptor(held, 'findings')?.get).toBeDefined();
  expect({ ...held }).toEqual(result);
});

test('of a thousand files the same is said as of one', { timeout: 60_000 }, async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'dflint-packed-'));
  try {
    const names = Array.from({ length: 1000 }, (_, number) => `service-${number}`);
    for (const name of names) {
      mkdirSync(join(cwd, name));
      writeFileSync(
        join(cwd, name, 'Dockerfile'),
        'FROM alpine AS a\n# dflint ignore=unpinned-image\nFROM debian\nCOPY --from=a /x /x\n',
      );
    }
    const said = async (words: readonly string[]) => {
      const { out, status } = await runCli([...words, '--shellcheck', 'off', '-f', 'json'], { cwd });
      expect(status).toBe(1);
      const { files, summary } = JSON.parse(out);
      return { files: files.map(({ path: _, ...rest }: { path: string }) => rest), summary };
    };
    const one = await said(['service-7']);
    const all = await said([]);
    expect(all.files).toEqual(names.map(() => one.files[0]));
    expect(all.summary.suppressed).toBe(1000 * one.summary.suppressed);
    expect(one.summary.suppressed).toBe(1);
  } finally {
    rmSync(cwd, { recursive: true });
  }
});
