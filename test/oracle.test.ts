/**
 * What real builds measured, read as data from `../shared/oracle/cases`: whether the image starts as root,
 * ships development packages or an .npmrc, shows a build argument in its history, and reruns the install.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { createContext, memoryTree } from '../src/context/index.ts';
import { lint } from '../src/engine/lint.ts';
import type { Severity } from '../src/rule.ts';
import { sharedPath } from './harness/shared.ts';

/** Where dflint says something else than was measured, on purpose. */
const stricterOrMilder: ReadonlyMap<string, string> = new Map([
  [
    'cache-ignored-file',
    'the measured change is of an ignored file; the source that COPY takes does rerun the install',
  ],
  ['secret-arg-not-referenced', 'an argument that nothing names is reported as info: mostly nobody passes it'],
]);

interface Case {
  readonly extraFiles?: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly touch?: string;
}

interface Truth {
  readonly builds: boolean;
  readonly runsAsRoot: boolean;
  readonly shipsDevDependencies: boolean;
  readonly npmrc: { readonly inFinalFiles: readonly string[]; readonly inDeletedLayerFiles: readonly string[] };
  readonly markers: Readonly<Record<string, { readonly inConfigOrHistory: readonly string[] }>>;
  readonly afterChange?: { readonly installReruns: boolean };
}

const cases = sharedPath('oracle/cases');
if (cases === undefined) console.warn('skipped: ../shared/oracle is not there');

const readJson = <Content>(path: string): Content => JSON.parse(readFileSync(path, 'utf8'));

function filesOf(folder: string, below = ''): readonly (readonly [string, string])[] {
  return readdirSync(join(folder, below)).flatMap((name) => {
    const path = `${below}/${name}`;
    if (statSync(join(folder, path)).isDirectory()) return filesOf(folder, path);
    return /^\/(case|truth)\.json$/.test(path) ? [] : [[path, readFileSync(join(folder, path), 'utf8')] as const];
  });
}

describe.skipIf(cases === undefined)('real builds', () => {
  const names = cases === undefined ? [] : readdirSync(cases).filter((name) => !stricterOrMilder.has(name));
  test.each(names)('%s', (name) => {
    const folder = join(cases ?? '', name);
    const { extraFiles = {}, target, touch } = readJson<Case>(join(folder, 'case.json'));
    const truth = readJson<Truth>(join(folder, 'truth.json'));
    const files = new Map(filesOf(folder));
    for (const [path, text] of Object.entries(extraFiles)) files.set(`/${path}`, text);
    const context = createContext(memoryTree(files), '/', '/Dockerfile');
    const text = files.get('/Dockerfile') ?? '';
    const { findings, failures } = lint({
      path: 'Dockerfile',
      text,
      rules,
      context,
      ...(target === undefined ? {} : { targets: [target] }),
    });
    expect(failures).toEqual([]);
    if (!truth.builds) return;
    const said = (rule: string, severity?: Severity): boolean =>
      findings.some((finding) => finding.rule === rule && (severity === undefined || finding.severity === severity));
    expect({
      root: said('root-user'),
      development: said('dev-dependencies-shipped'),
      npmrc: said('leaked-npmrc') || said('secret-mount-defeated'),
      history: said('secret-in-build-arg', 'error'),
    }).toEqual({
      root: truth.runsAsRoot,
      development: truth.shipsDevDependencies,
      npmrc: truth.npmrc.inFinalFiles.length + truth.npmrc.inDeletedLayerFiles.length > 0,
      history: Object.values(truth.markers).some(({ inConfigOrHistory }) => inConfigOrHistory.length > 0),
    });
    if (touch !== undefined && truth.afterChange !== undefined)
      expect(said('source-copied-before-install')).toBe(truth.afterChange.installReruns);
  });
});
