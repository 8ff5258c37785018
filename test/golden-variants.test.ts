/**
 * Many small Dockerfiles for one rule, each of which differs from the others in one thing: what the rule says of them, and
 * what its fix makes of them, word for word. `npm test -- -u` writes it anew, to be read as a change of behaviour.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { type BuildContext, createContext, memoryTree, unknownContext } from '../src/context/index.ts';
import { lint, type ReportedFinding } from '../src/engine/lint.ts';
import { applyFixes } from '../src/fix/apply.ts';
import { judgementDay, repository } from './harness/shared.ts';

const folder = join(repository, 'fixtures/variants');

/** The context of a variant: its lines `#: NAME TEXT`, where it has any, are all the files that there are. */
function contextOf(text: string): BuildContext {
  const files = [...text.matchAll(/^#: (\S+) ?(.*)$/gm)].map(
    ([, name = '', content = '']) => [`/${name}`, content.replaceAll('\\n', '\n')] as const,
  );
  return files.length === 0 ? unknownContext : createContext(memoryTree(new Map(files)), '/', '/Dockerfile');
}

/** The lines from the first that differs to the last, as they were and as they are. */
function changed(before: readonly string[], after: readonly string[]): readonly string[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [
    ...before.slice(start, before.length - end).map((line) => `- ${line}`),
    ...after.slice(start, after.length - end).map((line) => `+ ${line}`),
  ];
}

/** A line for each step of a finding, indented below the Dockerfile that it is of. */
function* told(text: string, { line, column, severity, message, evidence, fix }: ReportedFinding): Iterable<string> {
  yield `  ${line}:${column} ${severity}: ${message}`;
  for (const { at, message } of evidence) yield `    ${at.line}:${at.column} ${message}`;
  if (fix === undefined) return;
  yield `    fix (${fix.safety}): ${fix.says}`;
  for (const line of changed(text.split('\n'), applyFixes(text, [fix]).text.split('\n')))
    yield `      ${line}`.trimEnd();
}

describe.each(readdirSync(folder).map((name) => basename(name, '.txt')))('%s', (id) => {
  const rule = rules.find((each) => each.id === id);
  const variants = readFileSync(join(folder, `${id}.txt`), 'utf8').split('----\n');

  test('is told', async () => {
    expect(rule).toBeDefined();
    const texts = variants.map((text) => {
      const { findings } = lint({
        path: 'Dockerfile',
        text,
        context: contextOf(text),
        rules: rule === undefined ? [] : [rule],
        selection: { presets: ['all'] },
        today: judgementDay,
      });
      const lines = findings.flatMap((finding) => (finding.rule === id ? [...told(text, finding)] : []));
      return `${text}${lines.length === 0 ? '  nothing' : lines.join('\n')}\n`;
    });
    await expect(texts.join('\n')).toMatchFileSnapshot(join(repository, 'fixtures/golden/variants', `${id}.txt`));
  });
});
