/** `uv run`, which brings the environment of a project up to date before it starts a program. */
import { flagsWithValue, type InstallerWords } from './installer.ts';

/** Of `uv run --help`, 0.13. */
const valued = flagsWithValue(
  '--extra --no-extra --group --no-group --only-group --no-editable-package --env-file -w --with --with-editable ' +
    '--with-requirements --package --python-platform --index --default-index -i --index-url --extra-index-url -f ' +
    '--find-links --index-strategy --keyring-provider -P --upgrade-package --upgrade-group --resolution --prerelease ' +
    '--prerelease-package --fork-strategy --exclude-newer --exclude-newer-package --no-sources-package ' +
    '--reinstall-package --link-mode -C --config-setting --config-settings-package --no-build-isolation-package ' +
    '--no-build-package --no-binary-package --cache-dir --refresh-package -p --python --color --allow-insecure-host ' +
    '--directory --project --config-file',
);

/** With these it installs nothing for development, or not into the environment that the image brings. */
const leavesAlone =
  /^--(?:no-sync|no-dev|no-default-groups|no-group|only-group|no-project|isolated|script|directory|project|active)(?:=|$)/;

/**
 * Whether a call is a `uv run` that installs the packages for development of the project where it starts: it does so unless
 * told otherwise, with `--frozen` and `--locked`, too (measured with uv 0.13: what `uv sync --no-dev` has left out is
 * downloaded). False where a word is not known.
 */
export function installsDevelopmentFirst([program, ...rest]: InstallerWords): boolean {
  const at = rest.indexOf('run');
  if (!/^(?:.*\/)?uv$/.test(program ?? '') || at === -1 || rest.slice(0, at).some((word) => !word?.startsWith('-')))
    return false;
  for (let next = at + 1; next < rest.length; next += 1) {
    const word = rest[next];
    if (word === undefined || leavesAlone.test(word)) return false;
    if (!word.startsWith('-') || word === '-m' || word === '--module') return true;
    if (valued.has(word)) next += 1;
  }
  return false;
}
