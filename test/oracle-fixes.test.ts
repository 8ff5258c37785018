/**
 * Fixes against real builds: what `--fix` makes of the cases of `fixtures/oracle-fixes`, and what was measured before
 * and after it (`npm run oracle:fixes` builds both anew). The same application files are in the image, the defect is not.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixedProject } from './harness/fixed-project.ts';
import type { Marker, Truth } from './harness/oracle-cases.ts';
import { repository } from './harness/shared.ts';

interface CaseFile {
  readonly rule: string;
  /** Sources that only the build reads, which do not ship any more. */
  readonly leftBehind?: readonly string[];
  /** Where the files of a site lie before and after, when another server takes them over. */
  readonly site?: { readonly before: string; readonly after: string };
  /** What the fix is to change in the configuration of the image. */
  readonly changes?: readonly (keyof Truth['image'])[];
  readonly extraFiles?: Readonly<Record<string, string>>;
}

type Measured = Truth & {
  readonly nodeModules: Readonly<Record<string, { packages: string[]; devOnly: string[] }>>;
  readonly buildkitWarnings: readonly { readonly text: string }[];
};

const readJson = <Content>(path: string): Content => JSON.parse(readFileSync(path, 'utf8'));
const folder = join(repository, 'fixtures/oracle-fixes');

const cases = readdirSync(folder).map((name) => {
  const given = readJson<CaseFile>(join(folder, name, 'case.json'));
  return [`${given.rule}: ${name}`, { ...given, at: join(folder, name) }] as const;
});

describe.each(cases)('%s', (_, { at, rule, extraFiles = {}, leftBehind, site, changes = [] }) => {
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
    expect(defect?.(before, readFileSync(join(at, 'Dockerfile'), 'utf8'))).toBe(true);
    expect(defect?.(after, readFileSync(join(at, 'fixed/Dockerfile'), 'utf8'))).toBe(false);
    if (!before.builds) return;
    if (site === undefined) {
      const left = new Set(leftBehind);
      expect(applicationFiles(after)).toEqual(applicationFiles(before).filter((path) => !left.has(path)));
      expect(packages(after)).toEqual(packages(before));
    } else expect(filesUnder(after, site.after)).toEqual(filesUnder(before, site.before));
    expect(configuration(after, changes)).toEqual(configuration(before, changes));
  });
});

/** Whether an image, or BuildKit's own check of the Dockerfile, has what its rule is about. */
const defects: Readonly<Record<string, (truth: Measured, text: string) => boolean>> = {
  'source-copied-before-install': ({ afterChange }) => afterChange?.installReruns === true,
  // A lockfile that fits gives the same tree either way: how it was installed tells.
  'unlocked-install': ({ afterChange }) =>
    afterChange?.installSteps.some(({ step }) => step.includes('npm install')) === true,
  'dev-dependencies-shipped': ({ shipsDevDependencies }) => shipsDevDependencies,
  'copy-lacks-from': ({ builds }) => !builds,
  'missing-dockerignore': ({ files }) => files.some((path) => isClutter(path)),
  'package-manager-as-command': ({ image }) => image.cmd?.[0] === 'npm',
  'root-user': ({ runsAsRoot }) => runsAsRoot,
  'unnamed-stage': ({ stages }, text) => stages.declared.includes('stage-0') && text.includes('--from=0'),
  'stage-referenced-by-number': (_, text) => text.includes('--from=0'),
  'leaked-npmrc': ({ npmrc, markers }) =>
    npmrc.inFinalFiles.length + npmrc.inDeletedLayerFiles.length > 0 || Object.values(markers).some(isLeaked),
  'secret-in-build-arg': ({ markers }) => Object.values(markers).some(isLeaked),
  'shell-form-command': warns('JSONArgsRecommended'),
  'instruction-casing': warns('ConsistentInstructionCasing'),
  'as-casing': warns('FromAsCasing'),
  'legacy-key-value': warns('LegacyKeyValueFormat'),
  maintainer: warns('MaintainerDeprecated'),
  'package-cache-shipped': ({ packageManagerCaches, files }) =>
    packageManagerCaches.length > 0 || files.some((path) => /^\/var\/(?:lib\/apt\/lists|cache\/apk)\/./.test(path)),
  'recommended-packages-installed': ({ files }) => files.includes('/opt/packages/publicsuffix'),
  'single-stage-build': ({ shipsDevDependencies, stages }) => shipsDevDependencies || stages.declared.length === 1,
};

function warns(check: string): (truth: Measured) => boolean {
  return ({ buildkitWarnings }) => buildkitWarnings.some(({ text }) => text.startsWith(`${check}:`));
}

/** Attestations are left out: they are no part of the image. */
const isLeaked = ({ inFinalFiles, inDeletedLayerFiles, inConfigOrHistory }: Marker): boolean =>
  inFinalFiles.length + inDeletedLayerFiles.length + inConfigOrHistory.length > 0;

/** How the image starts, what it listens on and what it is labelled with, but for what the fix is to change. */
function configuration({ image }: Measured, changes: readonly (keyof Truth['image'])[]): Partial<Truth['image']> {
  const { user: _, ...rest } = image;
  return Object.fromEntries(Object.entries(rest).filter(([key]) => !changes.some((each) => each === key)));
}

/** By their names below a folder. */
const filesUnder = ({ files }: Measured, folder: string): readonly string[] =>
  files.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length));

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
