import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { engineRules } from '../../src/engine/engine-rules.ts';
import { lint } from '../../src/engine/lint.ts';
import { parseDockerfile } from '../../src/syntax/index.ts';
import { buildkitFindings, hadolintFindings } from './peers.ts';

test('indep', { timeout: 600000 }, () => {
  const paths = readdirSync('/tmp/indep').map((n) => `/tmp/indep/${n}`);
  const start = new Map(
    paths.map((p) => {
      const i = parseDockerfile(readFileSync(p, 'utf8')).instructions;
      return [p, (l: number) => i.findLast(({ span }) => span.line <= l && l <= span.endLine)?.span.line ?? l] as const;
    }),
  );
  const theirs = new Set<string>();
  for (const f of [
    ...hadolintFindings(process.env['PEERS'] ?? '', paths),
    ...buildkitFindings(process.env['PEERS'] ?? '', paths),
  ])
    if (/DL|buildkit/.test(f.code)) theirs.add(`${f.code} ${f.path}:${start.get(f.path)?.(f.line)}`);
  const ours = new Set<string>();
  for (const p of paths)
    for (const preset of ['hadolint', 'buildkit'] as const)
      for (const f of lint({
        path: 'Dockerfile',
        text: readFileSync(p, 'utf8'),
        rules: [...rules, ...engineRules],
        selection: { presets: [preset] },
      }).findings)
        for (const c of f.answers) if (c.startsWith(preset)) ours.add(`${c} ${p}:${start.get(p)?.(f.line)}`);
  const out: string[] = [];
  for (const k of [...new Set([...theirs, ...ours])].sort())
    if (!theirs.has(k)) out.push(`ours ${k}`);
    else if (!ours.has(k)) out.push(`theirs ${k}`);
  writeFileSync('/tmp/indep.txt', out.join('\n'));
  console.log(theirs.size, ours.size, out.length);
});
