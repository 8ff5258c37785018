/**
 * Which fixture holds which fact of what has to be caught and what has to stay silent. A fact is a section of
 * the list, a few words for one of its variants, and the fixtures of `fixtures/rules` that show it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from './harness/shared.ts';

type Fact = readonly [section: string, variant: string, ...fixtures: readonly string[]];

const stageNames: readonly Fact[] = [
  ['3.1', 'one stage', 'unnamed-stage/good-single-stage'],
  ['3.1', 'the last stage', 'unnamed-stage/good-final-stage-without-a-name'],
  ['3.1', 'base stage with a name', 'unnamed-stage/good-base-stage-with-a-name'],
  ['3.1', 'base from a variable', 'unnamed-stage/good-variable-base-with-a-name'],
  ['3.1', 'COPY --from=0, references listed', 'unnamed-stage/bad-copied-by-number'],
  ['3.1', 'COPY --from=1', 'unnamed-stage/bad-second-stage-by-number'],
  ['3.1', 'mount from=0', 'unnamed-stage/bad-mounted-by-number', 'stage-referenced-by-number/bad-mounted'],
  ['3.1', 'number of the stage itself', 'unnamed-stage/bad-number-of-itself'],
  ['3.1', 'number out of range', 'unnamed-stage/bad-number-out-of-range'],
  ['3.1', 'inserted stage', 'unnamed-stage/bad-number-shifted-by-a-new-stage', 'stage-referenced-by-number/bad-copied'],
  ['3.1', 'a number as a name', 'unnamed-stage/bad-number-as-a-name'],
];

const sourceBeforeInstall: readonly Fact[] = [
  ['3.2', 'manifests and settings first', 'source-copied-before-install/good-manifests'],
  ['3.2', 'patches, .yarn, prisma, .npmrc', 'source-copied-before-install/good-manifests-and-config'],
  ['3.2', 'manifests mounted', 'source-copied-before-install/good-bind-mounts'],
  ['3.2', 'whole context mounted, mild', 'source-copied-before-install/bad-whole-context-mounted'],
  ['3.2', 'manifests of a workspace', 'source-copied-before-install/good-workspace-manifests'],
  ['3.2', '--parents', 'source-copied-before-install/good-parents'],
  ['3.2', 'turbo prune', 'source-copied-before-install/good-turbo-prune'],
  ['3.2', 'pnpm fetch', 'source-copied-before-install/good-pnpm-fetch'],
  ['3.2', 'global tools', 'source-copied-before-install/good-global-tool-after-source'],
  ['3.2', 'apt-get and corepack', 'source-copied-before-install/good-system-packages-after-source'],
  ['3.2', 'no install in the stage or below', 'source-copied-before-install/good-no-install'],
  ['3.2', 'file: dependency', 'source-copied-before-install/bad-file-dependency-is-mild'],
  ['3.2', 'link: dependency', 'source-copied-before-install/bad-link-dependency-is-mild'],
  ['3.2', 'postinstall', 'source-copied-before-install/bad-postinstall-is-mild'],
  ['3.2', 'workspaces', 'source-copied-before-install/bad-workspaces-are-mild'],
  ['3.2', 'pnpm workspace', 'source-copied-before-install/bad-pnpm-workspace-is-mild'],
  ['3.2', 'all of another stage', 'source-copied-before-install/good-manifests-from-a-stage'],
  ['3.2', 'folder of artifacts', 'source-copied-before-install/good-artifact-folder-only'],
  ['3.2', 'development stage, mild', 'source-copied-before-install/bad-development-stage-is-mild'],
  ['3.2', 'ignore file lets manifests through', 'source-copied-before-install/good-ignore-file-leaves-manifests-only'],
  ['3.2', 'prune and rebuild after it', 'source-copied-before-install/good-global-tool-after-source'],
  ['3.2', 'COPY . .', 'source-copied-before-install/bad-dot'],
  ['3.2', 'COPY ./ ./', 'source-copied-before-install/bad-slashes'],
  ['3.2', 'COPY . to an absolute path', 'source-copied-before-install/bad-into-the-workdir'],
  ['3.2', 'COPY . ./app/', 'source-copied-before-install/bad-into-a-folder-of-the-workdir'],
  ['3.2', 'JSON form', 'source-copied-before-install/bad-json-form'],
  ['3.2', 'ADD', 'source-copied-before-install/bad-add'],
  ['3.2', '--chown, --link', 'source-copied-before-install/bad-chown-and-link'],
  ['3.2', '--exclude', 'source-copied-before-install/bad-exclude'],
  ['3.2', 'variable with a default', 'source-copied-before-install/bad-variable'],
  ['3.2', 'COPY *', 'source-copied-before-install/bad-star', 'source-copied-before-install/bad-star-with-folder'],
  ['3.2', 'copied in the parent stage', 'source-copied-before-install/bad-inherited'],
  ['3.2', 'heredoc', 'source-copied-before-install/bad-install-heredoc'],
  ['3.2', 'sh -c', 'source-copied-before-install/bad-install-sh-c'],
  ['3.2', 'cd', 'source-copied-before-install/bad-install-cd'],
  ['3.2', 'npm --prefix', 'source-copied-before-install/bad-install-prefix'],
  ['3.2', 'yarn --cwd', 'source-copied-before-install/bad-install-yarn-cwd'],
  ['3.2', 'pnpm -C', 'source-copied-before-install/bad-install-pnpm-dir'],
  ['3.2', 'pip', 'source-copied-before-install/bad-install-pip'],
  ['3.2', 'bundle', 'source-copied-before-install/bad-install-bundle'],
  ['3.2', 'go mod', 'source-copied-before-install/bad-install-go'],
  ['3.2', 'composer', 'source-copied-before-install/bad-install-composer'],
  ['3.2', 'cargo', 'source-copied-before-install/bad-install-cargo'],
  ['3.2', 'maven', 'source-copied-before-install/bad-install-maven'],
  ['3.2', 'gradle', 'source-copied-before-install/bad-install-gradle'],
  ['3.2', 'dotnet restore', 'source-copied-before-install/bad-install-dotnet'],
];

/** Where dflint knowingly says otherwise than the list: [section, what, why, fixture]. */
const differently: readonly (readonly [section: string, what: string, why: string, fixture: string])[] = [
  [
    '3.1',
    'a stage without a name that nothing uses',
    'one finding, as asked for, but of unnamed-stage: what names it is what it lacks',
    'unnamed-stage/bad-not-used',
  ],
  [
    '3.2',
    'source copied to another folder than that of the install',
    'every layer after it is made again, wherever it went: builds of BuildKit rerun the install',
    'source-copied-before-install/bad-elsewhere-in-the-image',
  ],
];

const facts = [...stageNames, ...sourceBeforeInstall];

const missing = (fixtures: readonly string[]): readonly string[] =>
  fixtures.filter((fixture) => {
    const path = join(repository, 'fixtures/rules', fixture);
    return !existsSync(`${path}.Dockerfile`) && !existsSync(join(path, 'Dockerfile'));
  });

test('every fact has its fixtures', () => {
  expect(facts.filter(([, , ...fixtures]) => fixtures.length === 0)).toEqual([]);
  expect(missing(facts.flatMap(([, , ...fixtures]) => fixtures))).toEqual([]);
  expect(missing(differently.map(([, , , fixture]) => fixture))).toEqual([]);
});
