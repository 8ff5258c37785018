/** `dflint completion`: what shells offer with the scripts that it prints. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from './harness/run-cli.ts';
import { completions, hasShell, type Shell } from './harness/shells.ts';

const folder = mkdtempSync(join(tmpdir(), 'dflint-completed-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\n');
writeFileSync(join(folder, 'Dockerfile.dev'), 'FROM scratch\n');
mkdirSync(join(folder, 'api'));
mkdirSync(join(folder, 'packages'));

const commands = ['completion', 'explain', 'facts', 'graph', 'lint', 'migrate', 'rebuild', 'rules', 'ships'];

/** A line, what is offered for its end, and what else must not be. */
const cases: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['dflint gra', ['graph']],
  ['dflint Docker', ['Dockerfile', 'Dockerfile.dev']],
  ['dflint --fail-on ', ['error', 'info', 'never', 'warning']],
  ['dflint --fail-on w', ['warning']],
  ['dflint Dockerfile --min-confidence ', ['certain', 'likely', 'possible']],
  ['dflint --preset str', ['strict']],
  ['dflint lint --shellcheck req', ['required']],
  ['dflint --format sar', ['sarif']],
  ['dflint -f gith', ['github']],
  ['dflint --stdi', ['--stdin-filename']],
  ['dflint graph --format ', ['dot', 'json', 'mermaid', 'text']],
  ['dflint graph --for', ['--format']],
  ['dflint graph --fail', []],
  ['dflint graph Dockerfile.', ['Dockerfile.dev']],
  ['dflint ships --fil', ['--files']],
  ['dflint explain root-u', ['root-user']],
  ['dflint explain root-user leaked-n', ['leaked-npmrc']],
  ['dflint explain StageNameC', ['StageNameCasing']],
  ['dflint explain DL3026', ['DL3026']],
  ['dflint rules --category sec', ['security']],
  ['dflint rules --preset build', ['buildkit']],
  ['dflint completion z', ['zsh']],
  ['dflint --threads ', []],
];

describe.each((['bash', 'zsh', 'fish'] as const).map((shell) => ({ shell })))('$shell', ({ shell }) => {
  let script = '';
  beforeAll(async () => {
    const { status, out, err } = await runCli(['completion', shell]);
    expect([status, err]).toEqual([0, '']);
    script = out;
  });
  const isThere = hasShell(shell);
  const name = isThere ? '' : ` (${shell} is not installed)`;
  const offered = (line: string, place = folder) => completions(shell, script, line, place);

  test.skipIf(!isThere)(`commands and files${name}`, { timeout: 30_000 }, () => {
    const found = offered('dflint ').map((each) => each.replace(/\/$/, ''));
    expect(found).toEqual(expect.arrayContaining([...commands, 'Dockerfile', 'api']));
  });

  test.skipIf(!isThere).each(cases)(`%s${name}`, { timeout: 30_000 }, (line, wanted) => {
    expect(offered(line)).toEqual(wanted);
  });

  test.skipIf(!isThere)(`rules and their settings${name}`, { timeout: 60_000 }, () => {
    expect(offered('dflint --rule root-u').map((each) => each.replace(/=$/, ''))).toEqual(['root-user']);
    const settings = offered('dflint --rule root-user=').map((each) => each.replace('root-user=', ''));
    expect(settings).toEqual(['error', 'info', 'off', 'on', 'warning']);
    expect(offered('dflint --rule root-user=wa').map((each) => each.replace('root-user=', ''))).toEqual(['warning']);
  });

  test.skipIf(!isThere)(`values behind the sign${name}`, { timeout: 60_000 }, () => {
    expect(offered('dflint --fail-on=nev').map((each) => each.replace('--fail-on=', ''))).toEqual(['never']);
    expect(offered('dflint graph --format=mer').map((each) => each.replace('--format=', ''))).toEqual(['mermaid']);
  });

  test.skipIf(!isThere)(`folders only${name}`, { timeout: 30_000 }, () => {
    expect(offered('dflint --context ').map((each) => each.replace(/\/$/, ''))).toEqual(['api', 'packages']);
  });
});

test.each(['bash', 'zsh', 'fish'] as const satisfies readonly Shell[])(
  '%s: each option of each command is in the script',
  async (shell) => {
    const { out: script } = await runCli(['completion', shell]);
    for (const command of commands) {
      const { out: help } = await runCli([command, '--help']);
      for (const [, option = ''] of help.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm))
        expect(script).toMatch(
          shell === 'fish' ? new RegExp(`"${command}"' .*-l ${option}\\b`) : new RegExp(`--${option}\\b`),
        );
    }
  },
);

test('an unknown shell is wrong usage', async () => {
  const { status, out, err } = await runCli(['completion', 'tcsh']);
  expect([status, out]).toEqual([2, '']);
  expect(err).toContain('Allowed choices are bash, zsh, fish.');
});
