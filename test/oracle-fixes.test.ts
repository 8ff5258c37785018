/**
 * Fixes against real builds: what `--fix` makes of the cases of `fixtures/oracle-fixes`, and what was measured before
 * and after it (`npm run oracle:fixes` builds both anew). The same application files are in the image, the defect is not.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixedProject } from './harness/fixed-project.ts';
import type { Truth } from './harness/oracle-cases.ts';
import { repository } from './harness/shared.ts';

interface CaseFile {
  readonly rule: string;
  readonly extraFiles?: Readonly<Record<string, string>>;
}

type Measured = Truth & { readonly nodeModules: Readonly<Record<string, { packages: string[]; devOnly: string[] }>> };

const readJson = <Content>(path: string): Content => JSON.parse(readFileSync(path, 'utf8'));
const folder = join(repository, 'fixtures/oracle-fixes');

const cases = readdirSync(folder).map((name) => {
  const given = readJson<CaseFile>(join(folder, name, 'case.json'));
  return [`${given.rule}: ${name}`, { ...given, at: join(folder, name) }] as const;
});

describe.each(cases)('%s', (_, { at, rule, extraFiles = {} }) => {
  test('what the fix makes is what was built', async () => {
    const files = { ...Object.fromEntries(filesOf(at)), ...extraFiles };
    const fixed = await fixedProject(rule, files, '--unsafe-fixes', '--context', '.');
    expect(fixed.Dockerfile === files['Dockerfile'] && fixed.read('.dockerignore') === files['.dockerignore']).toBe(
      false,
    );
    await expect(fixed.Dockerfile).toMatchFileSnapshot(join(at, 'fixed/Dockerfile'));
    const ignore = fixed.read('.dockerignore');
    if (ignore !== undefined && ignore !== files['.dockerignore'])
      await expect(ignore).toMatchFileSnapshot(join(at, 'fixed/.dockerignore'));
  });

  test('the image is as good, the defect is gone', () => {
    const before = readJson<Measured>(join(at, 'truth.json'));
    const after = readJson<Measured>(join(at, 'fixed/truth.json'));
    expect(after.builds).toBe(true);
    const defect = defects[rule];
    expect(defect?.(before)).toBe(true);
    expect(defect?.(after)).toBe(false);
    if (!before.builds) return;
    expect(applicationFiles(after)).toEqual(applicationFiles(before));
    expect(packages(after)).toEqual(packages(before));
  });
});

/** Whether an image has what its rule is about. */
const defects: Readonly<Record<string, (truth: Measured) => boolean>> = {
  'source-copied-before-install': ({ afterChange }) => afterChange?.installReruns === true,
  // A lockfile that fits gives the same tree either way: how it was installed tells.
  'unlocked-install': ({ afterChange }) =>
    afterChange?.installSteps.some(({ step }) => step.includes('npm install')) === true,
  'dev-dependencies-shipped': ({ shipsDevDependencies }) => shipsDevDependencies,
  'copy-lacks-from': ({ builds }) => !builds,
  'missing-dockerignore': ({ files }) => files.some((path) => isClutter(path)),
  'package-manager-as-command': ({ image }) => image.cmd?.[0] === 'npm',
  'root-user': ({ runsAsRoot }) => runsAsRoot,
};

const isClutter = (path: string): boolean => /\/(?:\.git|\.env|Dockerfile|\.dockerignore)(?:\/|$)/.test(path);

const applicationFiles = ({ files }: Measured): readonly string[] =>
  files.filter((path) => path.startsWith('/app/') && !path.endsWith('node_modules/') && !isClutter(path));

/** Those for production, by folder. */
const packages = ({ nodeModules }: Measured): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(nodeModules).map(([path, tree]) => [
      path,
      tree.packages.filter((each) => each !== 'stray' && !tree.devOnly.includes(each)),
    ]),
  );

function filesOf(root: string, below = ''): readonly (readonly [string, string])[] {
  return readdirSync(join(root, below)).flatMap((name) => {
    const path = below === '' ? name : `${below}/${name}`;
    if (path === 'fixed' || path === 'case.json' || path === 'truth.json') return [];
    if (statSync(join(root, path)).isDirectory()) return filesOf(root, path);
    return existsSync(join(root, path)) ? [[path, readFileSync(join(root, path), 'utf8')] as const] : [];
  });
}
