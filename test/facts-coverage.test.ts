/**
 * Which fixture holds which fact of what has to be caught and what has to stay silent: for each section of the
 * list a few words for each variant, and the fixtures that show it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from './harness/shared.ts';

interface Section {
  readonly number: string;
  /** The folder of `fixtures/rules` that a name without one is in. */
  readonly rule: string;
  readonly facts: readonly (readonly [variant: string, fixtures: string])[];
}

const stageNames: Section = {
  number: '3.1',
  rule: 'unnamed-stage',
  facts: [
    ['one stage', 'good-single-stage'],
    ['the last stage', 'good-final-stage-without-a-name'],
    ['base stage with a name', 'good-base-stage-with-a-name'],
    ['base from a variable', 'good-variable-base-with-a-name'],
    ['COPY --from=0, references listed', 'bad-copied-by-number'],
    ['COPY --from=1', 'bad-second-stage-by-number'],
    ['mount from=0', 'bad-mounted-by-number stage-referenced-by-number/bad-mounted'],
    ['number of the stage itself', 'bad-number-of-itself'],
    ['number out of range', 'bad-number-out-of-range'],
    ['inserted stage', 'bad-number-shifted-by-a-new-stage stage-referenced-by-number/bad-copied'],
    ['a number as a name', 'bad-number-as-a-name'],
  ],
};

const sourceBeforeInstall: Section = {
  number: '3.2',
  rule: 'source-copied-before-install',
  facts: [
    ['manifests and settings first', 'good-manifests'],
    ['patches, .yarn, prisma, .npmrc', 'good-manifests-and-config'],
    ['manifests mounted', 'good-bind-mounts'],
    ['whole context mounted, mild', 'bad-whole-context-mounted'],
    ['manifests of a workspace', 'good-workspace-manifests'],
    ['--parents', 'good-parents'],
    ['turbo prune', 'good-turbo-prune'],
    ['pnpm fetch', 'good-pnpm-fetch'],
    ['global tools', 'good-global-tool-after-source'],
    ['apt-get and corepack', 'good-system-packages-after-source'],
    ['no install in the stage or below', 'good-no-install'],
    ['file: dependency', 'bad-file-dependency-is-mild'],
    ['link: dependency', 'bad-link-dependency-is-mild'],
    ['postinstall', 'bad-postinstall-is-mild'],
    ['workspaces', 'bad-workspaces-are-mild'],
    ['pnpm workspace', 'bad-pnpm-workspace-is-mild'],
    ['all of another stage', 'good-manifests-from-a-stage'],
    ['folder of artifacts', 'good-artifact-folder-only'],
    ['development stage, mild', 'bad-development-stage-is-mild'],
    ['ignore file lets manifests through', 'good-ignore-file-leaves-manifests-only'],
    ['prune and rebuild after it', 'good-global-tool-after-source'],
    ['COPY . .', 'bad-dot'],
    ['COPY ./ ./', 'bad-slashes'],
    ['COPY . to an absolute path', 'bad-into-the-workdir'],
    ['COPY . ./app/', 'bad-into-a-folder-of-the-workdir'],
    ['JSON form', 'bad-json-form'],
    ['ADD', 'bad-add'],
    ['--chown, --link', 'bad-chown-and-link'],
    ['--exclude', 'bad-exclude'],
    ['variable with a default', 'bad-variable'],
    ['COPY *', 'bad-star bad-star-with-folder'],
    ['copied in the parent stage', 'bad-inherited'],
    ['heredoc', 'bad-install-heredoc'],
    ['sh -c', 'bad-install-sh-c'],
    ['cd', 'bad-install-cd'],
    ['npm --prefix', 'bad-install-prefix'],
    ['yarn --cwd', 'bad-install-yarn-cwd'],
    ['pnpm -C', 'bad-install-pnpm-dir'],
    ['pip', 'bad-install-pip'],
    ['bundle', 'bad-install-bundle'],
    ['go mod', 'bad-install-go'],
    ['composer', 'bad-install-composer'],
    ['cargo', 'bad-install-cargo'],
    ['maven', 'bad-install-maven'],
    ['gradle', 'bad-install-gradle'],
    ['dotnet restore', 'bad-install-dotnet'],
  ],
};

const developmentPackages: Section = {
  number: '3.3',
  rule: 'dev-dependencies-shipped',
  facts: [
    ['npm, plain', 'bad-npm-ci bad-plain-npm-install'],
    ['npm under NODE_ENV', 'good-npm-node-env'],
    ['npm, NODE_ENV overruled', 'bad-npm-include-dev-under-node-env bad-npm-production-false bad-npm-omit-nothing'],
    ['npm --omit=dev in both forms', 'good-npm-omit-dev good-npm-omit-dev-two-words'],
    ['npm --production', 'good-npm-production'],
    ['npm --only', 'good-npm-only-prod good-npm-only-production'],
    ['npm -P saves only', 'bad-npm-install-save-prod bad-npm-save-prod-is-no-production'],
    ['npm --omit=optional', 'bad-npm-omit-optional'],
    ['npm by variables', 'good-npm-config-omit good-npm-config-omit-in-small-letters good-npm-config-production'],
    ['npm by .npmrc and config set', 'good-npmrc-omits-dev good-npm-config-set-omit'],
    ['npm prune, plain', 'bad-npm-prune-without-omit'],
    ['npm prune for production', 'good-npm-prune-omit-dev good-node-env-prune'],
    ['npm, second install', 'good-npm-install-again-for-production good-npm-installs-again-omitting'],
    ['pnpm, plain', 'bad-pnpm-plain'],
    ['pnpm 8 and 9 under NODE_ENV', 'good-pnpm-eight-obeys-node-env good-pnpm-nine-obeys-node-env'],
    ['pnpm 10 under NODE_ENV', 'bad-pnpm-ten-ignores-node-env bad-pnpm-ten-frozen-ignores-node-env'],
    ['pnpm --prod, -P', 'good-pnpm-prod good-pnpm-prod-short'],
    ['pnpm by variable', 'good-pnpm-config-production'],
    ['pnpm prune', 'good-pnpm-prune'],
    ['second install of pnpm: nothing loads them, and .pnpm has them (measured)', 'bad-pnpm-installs-again'],
    ['pnpm --prod=false', 'bad-pnpm-prod-false'],
    ['pnpm deploy', 'bad-pnpm-deploy good-pnpm-deploy-prod'],
    ['yarn 1, plain and overruled', 'bad-yarn-one bad-bare-yarn bad-yarn-one-production-false'],
    ['yarn 1 for production', 'good-yarn-one-node-env good-yarn-one-production good-yarn-one-installs-again'],
    ['yarn 4 under NODE_ENV', 'bad-yarn-four-ignores-node-env'],
    ['yarn 4 --production stops the build', 'good-yarn-four-stops-at-production'],
    ['yarn 4 focus', 'good-yarn-focus'],
    ['bun, plain and under NODE_ENV', 'bad-bun-plain bad-bun-keeps-them'],
    ['bun for production', 'good-bun-production good-bun-omit-dev'],
    ['bun, second install', 'bad-bun-installs-again'],
    ['version by packageManager', 'good-pnpm-nine-in-the-manifest bad-pnpm-ten-in-the-manifest'],
    ['version by corepack prepare', 'bad-pnpm-ten-frozen-ignores-node-env'],
    ['version by .yarnrc.yml', 'bad-yarn-four-by-its-configuration'],
    ['version by lockfile', 'good-pnpm-eight-by-its-lockfile good-yarn-one-by-its-lockfile'],
    ['version unknown', 'good-pnpm-of-unknown-version-with-node-env good-pnpm-nine-or-ten-by-its-lockfile'],
    ['install in a stage that does not ship', 'good-only-dist-is-copied'],
    ['separate stage for production', 'good-separate-production-dependencies'],
    ['pruned before the copy', 'good-pruned-before-the-copy'],
    ['pruned elsewhere', 'bad-pruned-in-the-stage-after-it bad-pruned-after-the-copy'],
    ['Next.js', 'good-next-standalone good-next-standalone-of-a-workspace'],
    ['Nuxt, SvelteKit, Nitro, Remix', 'good-nuxt-output good-svelte-kit good-nitro-output good-remix-bundle'],
    ['ncc, esbuild, pkg, bun', 'good-ncc-bundle good-esbuild-bundle good-pkg-binary good-bun-compiled'],
    ['Vite in nginx, caddy, scratch', 'good-static-site good-vite-in-caddy good-vite-in-scratch'],
    ['tree removed first', 'good-rm-then-production'],
    ['no development packages', 'good-no-development-packages'],
    ['no manifest', 'good-no-manifest-at-all'],
    ['Plug and Play, zero-install', 'good-plug-and-play good-zero-install'],
    ['development target', 'good-development-target good-dockerfile-for-development'],
    ['test, storybook, CI targets', 'good-storybook-target good-ci-target'],
    ['compose runs it for development', 'good-compose-for-development'],
    ['command needs a development tool', 'bad-ts-node-in-the-command-is-mild bad-development-server-is-mild'],
    ['migrations at start', 'good-prisma-migrates-at-start'],
    ['global tools, npx', 'good-global-tools good-prefix-elsewhere'],
    ['images of tools', 'good-test-runner-is-started good-image-that-starts-eslint good-image-that-starts-playwright'],
    ['inherited', 'bad-inherited'],
    ['whole application copied', 'bad-copied-whole-app bad-copied-whole-app-with-slash bad-copied-usr-src-app'],
    ['tree copied', 'bad-copied-tree-only'],
    ['glob, root, no WORKDIR', 'bad-copied-glob bad-copied-from-root bad-copied-from-a-stage-without-workdir'],
    ['two hops', 'bad-two-hops'],
    ['pnpm -r', 'bad-pnpm-recursive'],
    ['lockfile chooser', 'bad-lockfile-chooser'],
    ['sh -c, exec form, heredoc', 'bad-in-sh-c bad-exec-form bad-heredoc'],
    ['NODE_ENV too late', 'bad-node-env-after-the-install bad-node-env-in-the-next-stage-only'],
    ['NODE_ENV as ARG', 'good-npm-node-env-as-arg bad-node-env-as-arg-of-another-stage'],
    ['two layers', 'bad-pruned-in-a-later-layer bad-removed-in-a-later-layer'],
  ],
};

const rootUser: Section = {
  number: '3.4',
  rule: 'root-user',
  facts: [
    ['USER of a parent stage', 'good-inherited-user'],
    ['account, number, group', 'good-named good-small-number good-number good-number-alone good-nonroot'],
    ['variable with a default', 'good-variable-with-default'],
    ['group 0', 'good-group-zero'],
    ['distroless', 'good-distroless-nonroot good-distroless-debug-nonroot good-distroless-digest'],
    ['chainguard, hardened images, bitnami', 'good-chainguard good-hardened-image good-bitnami'],
    ['unprivileged nginx', 'good-unprivileged-nginx'],
    ['unknown base', 'good-unknown-base good-unresolved-base good-image-by-argument'],
    ['root for a while', 'good-root-for-a-while'],
    [
      'root in build, test, development stages',
      'good-build-stage-as-root good-test-stage-as-root good-development-stage-as-root',
    ],
    ['gosu, su-exec, setpriv', 'good-gosu good-su-exec good-setpriv good-tini-and-gosu'],
    ['s6, PUID', 'good-s6 good-puid'],
    ['databases', 'good-postgres good-redis good-mariadb'],
    ['compose names the user', 'good-compose-names-the-user bad-compose-names-root'],
    ['static binary in scratch, mild', 'bad-scratch-is-mild'],
    ['export from scratch', 'good-artifact-export'],
    ['nginx, httpd, mild', 'bad-nginx-is-mild bad-httpd-is-mild'],
    ['images for other images', 'good-onbuild-base good-base-image-without-a-start'],
    ['dind, CI runner, systemd', 'good-docker-in-docker good-runner-of-ci good-systemd'],
    ['no USER', 'bad-no-user bad-distroless-without-nonroot'],
    ['root in other words', 'bad-zero bad-zero-with-group bad-root-with-group bad-quoted bad-variable'],
    ['root of a parent stage', 'bad-inherited bad-root-in-a-parent-stage'],
    ['non-root in the builder only', 'bad-user-of-the-builder-only'],
    ['back to root', 'bad-back-to-root'],
    ['USER outside the chain', 'bad-user-in-a-stage-outside-the-chain'],
    ['account that the image lacks', 'user-not-in-image/bad-scratch user-not-in-image/bad-distroless'],
  ],
};

const leakedFiles: Section = {
  number: '3.5',
  rule: 'leaked-npmrc',
  facts: [
    ['secret mounts', 'good-secret-mount good-secret-mount-as-variable good-secret-mount-required'],
    ['bind mount, harmless', 'good-bind-mount-of-a-harmless-file good-bind-mount'],
    ['stage that does not ship', 'good-npmrc-in-the-builder-only good-explicit-copy-in-a-stage-that-does-not-ship'],
    ['harmless content', 'good-context-without-token good-context-ignores-scripts good-context-names-a-registry'],
    ['placeholder', 'good-context-with-variable'],
    ['ignored', 'good-ignored good-copied-but-ignored'],
    ['ignored and asked for', 'ignored-file-copied/bad-npmrc'],
    ['only dist', 'good-only-dist-is-copied'],
    ['COPY', 'bad-copied bad-copied-with-manifests bad-chown'],
    ['globs', 'bad-glob bad-glob-of-hidden-files'],
    ['ADD', 'bad-added'],
    ['whole context', 'bad-context-with-token'],
    ['through the builder', 'bad-copied-through-the-builder bad-copied-whole-app-through-the-builder'],
    ['home, its file, the root', 'bad-home-copied bad-copied-file-of-the-builder bad-tree-root-copied'],
    ['removed later', 'bad-removed-in-a-later-layer bad-removed-after-the-copy'],
    ['removed before the copy', 'good-removed-before-the-copy'],
    ['inherited', 'bad-inherited'],
    ['echo', 'bad-written-echo bad-written-home bad-written-absolute-root bad-written-home-variable'],
    ['printf, cat, tee', 'bad-written-printf bad-written-root bad-written-cat-heredoc bad-written-tee'],
    ['COPY heredoc', 'bad-heredoc-copy'],
    ['npm config set', 'bad-written-config-set bad-written-config-set-equals bad-written-set bad-written-auth'],
    ['npm --location', 'bad-written-project-location bad-written-global-location'],
    ['yarn, pnpm config set', 'bad-written-yarn-config-set bad-written-pnpm-config-set'],
    ['login, adduser', 'bad-written-login bad-written-adduser'],
    ['.yarnrc.yml, bunfig.toml', 'bad-yarnrc bad-bunfig'],
    ['same RUN', 'good-same-run'],
    ['--userconfig', 'bad-written-userconfig bad-userconfig-option'],
    [
      'secret mount defeated',
      'secret-mount-defeated/bad-copied secret-mount-defeated/bad-cat-redirect secret-mount-defeated/good-removed-in-the-same-run',
    ],
    [
      '.netrc',
      'leaked-credentials-file/bad-through-the-builder leaked-credentials-file/bad-netrc-written-removed-later leaked-credentials-file/good-same-run',
    ],
    [
      '.pypirc, pip.conf',
      'leaked-credentials-file/bad-pypirc leaked-credentials-file/bad-pip-conf leaked-credentials-file/bad-pip-config-set',
    ],
    [
      'gradle, maven',
      'leaked-credentials-file/bad-gradle-properties leaked-credentials-file/bad-maven-settings leaked-credentials-file/good-maven-settings-without-password',
    ],
    ['docker', 'leaked-credentials-file/bad-docker-config-copied leaked-credentials-file/bad-docker-login'],
    ['keys of ssh', 'leaked-credentials-file/bad-id-rsa-copied leaked-credentials-file/bad-ssh-key'],
    [
      '.env',
      'leaked-credentials-file/bad-whole-context leaked-credentials-file/good-dotenv-with-settings leaked-credentials-file/good-ignored',
    ],
  ],
};

const secrets: Section = {
  number: '3.6',
  rule: 'secret-in-build-arg',
  facts: [
    [
      'literal, in any stage',
      'bad-env-literal bad-env-in-the-old-form bad-literal-in-the-builder secret-in-command/bad-in-the-builder',
    ],
    ['ENV of the image', 'bad-env-literal'],
    ['ARG of the chain, used', 'bad-arg-used-in-run bad-inherited bad-argument-of-the-parent-used-below'],
    ['ARG of a stage that does not ship', 'bad-builder-is-mild'],
    [
      'the same, in the provenance',
      'bad-workflow-attaches-provenance bad-workflow-of-a-public-repository-may-attach-it',
    ],
    ['global ARG', 'bad-global-argument-is-mild bad-global-argument-in-from-is-mild'],
    ['_FILE', 'good-only-a-file-name'],
    ['_PATH, _URL, GPG_KEY, KEYCLOAK_', 'good-names-of-other-things'],
    ['_DIR, _NAME, _ID, _VERSION, _ALIAS, PUBLIC_, sockets', 'good-paths-names-and-versions'],
    ['empty ENV', 'good-empty-env'],
    ['placeholders', 'bad-placeholder-is-mild secret-in-command/good-placeholders'],
    ['dummies for one command', 'good-rails-dummy-switch good-dummy-for-one-command'],
    ['secret mount as a variable', 'good-secret-mount-as-variable'],
    ['never used, in the builder', 'good-unused-in-a-stage-that-does-not-ship'],
    ['also mounted', 'good-migration'],
    ['checksums', 'good-checksums'],
    ['ARG made ENV', 'bad-arg-promoted-to-env'],
    ['names', 'bad-name-node-auth-token bad-name-pat bad-name-github-pat bad-name-api-key bad-endings-of-names'],
    ['settings of npm', 'bad-registry-key-as-env bad-npm-config-of-a-host'],
    ['shapes of tokens', 'bad-shapes-of-values secret-in-command/bad-written-file'],
    [
      'git clone, insteadOf',
      'leaked-credentials-file/bad-git-clone-with-token leaked-credentials-file/bad-git-instead-of secret-in-command/bad-git-clone',
    ],
    ['headers of curl', 'bad-sent-by-curl secret-in-command/bad-curl-header'],
    ['pip with a password', 'secret-in-command/bad-pip-index-url'],
    ['docker login', 'secret-in-command/bad-docker-login leaked-credentials-file/bad-docker-login'],
    ['.netrc', 'leaked-credentials-file/bad-netrc-written-removed-later'],
    ['written, then copied', 'leaked-credentials-file/bad-token-in-a-file-copied-later'],
    ['compose, bake, workflow pass it', 'bad-compose-passes-it bad-bake-passes-it bad-workflow-passes-it'],
  ],
};

const stages: Section = {
  number: '3.7',
  rule: 'test-stage-ships',
  facts: [
    [
      'target of compose, bake, a workflow',
      'root-user/bad-target-of-compose root-user/bad-target-of-bake root-user/bad-target-of-a-workflow',
    ],
    ['target that is asked for', 'root-user/bad-target-that-is-asked-for root-user/good-target-that-is-asked-for'],
    ['target of Makefile, skaffold', 'root-user/bad-target-of-a-makefile root-user/bad-target-of-skaffold'],
    ['names of steps', 'root-user/good-steps-are-no-targets'],
    ['steps that are final', 'dev-dependencies-shipped/good-storybook-target good-only-a-test-stage'],
    ['production stage that is not final', 'root-user/bad-production-stage-nobody-names'],
    ['tests or development last', 'bad-end-to-end-stage-last bad-development-server-last bad-nginx-passed-over'],
    ['the same, with evidence', 'good-compose-names-the-target'],
    ['file of many targets', 'root-user/bad-leaf-stages-nobody-names unreachable-stage/good-two-products'],
    ['export from scratch', 'unreachable-stage/good-exported-with-output'],
    ['context of a compose service', 'unreachable-stage/good-compose-mounts-it'],
    ['context of a bake target', 'unreachable-stage/good-bake-context-of-a-target'],
    ['ONBUILD', 'root-user/good-onbuild-base'],
    ['Windows', 'root-user/good-windows user-not-in-image/good-windows'],
    ['other frontends', 'root-user/good-other-language-by-directive root-user/bad-frontend-of-a-mirror'],
  ],
};

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
  [
    '3.3',
    'ARG NODE_ENV of a parent stage',
    'a stage inherits the arguments of the stage it starts from, as a build of BuildKit shows',
    'dev-dependencies-shipped/good-node-env-as-arg-of-the-parent',
  ],
  [
    '3.6',
    'ARG that nothing names, in the image that ships',
    'its value is in the history of every RUN below it: a mild finding, as builds show',
    'secret-in-build-arg/bad-unused-arg-is-mild',
  ],
  [
    '3.7',
    'name of a stage with a line in front',
    'BuildKit refuses such a name',
    'unnamed-stage/bad-name-that-starts-with-a-line',
  ],
  ['3.7', 'target of a Tiltfile', 'dflint runs no Starlark', 'root-user/bad-leaf-stages-nobody-names'],
  ['3.4', 'user of a Kubernetes manifest', 'dflint reads no manifests of Kubernetes', 'root-user/bad-no-user'],
];

const sections: readonly Section[] = [
  stageNames,
  sourceBeforeInstall,
  developmentPackages,
  rootUser,
  leakedFiles,
  secrets,
  stages,
];

const isThere = (fixture: string): boolean => {
  const path = join(repository, 'fixtures/rules', fixture);
  return existsSync(path) || existsSync(`${path}.Dockerfile`);
};

test.each(sections)('section $number: every fact has its fixtures', ({ rule, facts }) => {
  const named = facts.flatMap(([, fixtures]) => fixtures.split(' '));
  expect(named.map((name) => (name.includes('/') ? name : `${rule}/${name}`)).filter((name) => !isThere(name))).toEqual(
    [],
  );
});

test('so has what is done otherwise', () => {
  expect(differently.map(([, , , fixture]) => fixture).filter((name) => !isThere(name))).toEqual([]);
});
