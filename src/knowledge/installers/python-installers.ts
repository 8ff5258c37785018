/**
 * Installers of Python: pip and pip-tools, Pipenv, Poetry, PDM, uv, conda.
 *
 * Sources: https://pip.pypa.io/en/stable/cli/pip_install/, https://pip-tools.readthedocs.io/,
 * https://pipenv.pypa.io/en/latest/commands.html, https://python-poetry.org/docs/cli/#install,
 * https://pdm-project.org/en/latest/reference/cli/#install, https://docs.astral.sh/uv/reference/cli/#uv-sync,
 * https://docs.astral.sh/uv/reference/environment/, https://docs.conda.io/projects/conda/en/stable/commands/
 */
import {
  type DependencyInstall,
  dependencyInstallOf,
  directoryGiven,
  flagsWithValue,
  groupsIn,
  type InstallerCall,
  type InstallerReader,
  type InstallerWords,
  installerCall,
  isDevelopmentGroup,
  switchedOn,
  unlessHidden,
  writesTo,
} from './installer.ts';

export const pythonFlags = flagsWithValue(
  '-r --requirement -c --constraint -e --editable -t --target --prefix --root -i --index-url --extra-index-url ' +
    '-f --find-links --trusted-host --cache-dir -w --wheel-dir -d --dest -P --project -C --directory --python -p ' +
    '--extra -E --extras --group -G --only-group --no-group --with --without --only --package --proxy --timeout ' +
    '--retries --log --config-settings --config-setting --no-binary --only-binary --platform --index --categories ' +
    '--link-mode --index-strategy --upgrade-package --torch-backend --resolution --no-install-package -n --name --file',
);

/** A folder with a project, not a built package: `.`, `./lib[extra]`. */
const isProject = (word: string | undefined): boolean =>
  word !== undefined && /^\.{1,2}(?:$|[/[])/.test(word) && !/\.(?:whl|tar\.gz|zip)(?:\[[^[\]]*\])?$/.test(word);

/** `pip install -r file` reads a manifest; `pip install .` builds the source; named packages are neither. */
const pip: InstallerReader = (call) => {
  const verb = call.words.findIndex((word) => word !== undefined && /^(?:install|wheel|download|sync)$/.test(word));
  if (verb === -1) return undefined;
  const after = installerCall(call.path, call.words.slice(verb + 1), pythonFlags, call.situation);
  const files = after.values('-r', '--requirement', '--requirements');
  const sources = call.words[verb] === 'sync' ? [...files, ...after.operands] : files;
  if ([...after.operands, ...after.values('-e', '--editable')].some(isProject))
    return pipInstall(after, sources, { separable: false, buildsProject: true });
  if (files.length === 0 && call.words[verb] !== 'sync') return undefined;
  return pipInstall(after, sources, call.words[verb] === 'sync' ? { frozen: 'yes' } : {});
};

function pipInstall(
  call: InstallerCall,
  files: InstallerWords,
  particulars: Partial<DependencyInstall>,
): DependencyInstall {
  const known = files.filter((file) => file !== undefined);
  const manifests = [
    ...known,
    ...call.values('-c', '--constraint', '--constraints').filter((file) => file !== undefined),
  ];
  // A folder of their own: `--target`, `--prefix`, the wheels of `pip wheel` and `pip download`.
  const [wheels] = call.values('--wheel-dir', '-w', '--dest', '-d');
  const [folder] = call.values('--target', '-t', '--prefix');
  const dev = known.some((file) => /(?:^|[-_./])(?:dev|develop|development)(?:[-_.]|$)/.test(file));
  return dependencyInstallOf('pip', {
    development: dev ? 'yes' : 'unknown',
    asksForDevelopment: dev,
    frozen: call.has('--require-hashes') ? 'yes' : 'unknown',
    reads: { manifests, lockfiles: [] },
    offline: call.has('--no-index', '--offline'),
    loads: wheels === undefined,
    ...writesTo(wheels ?? placeOf(folder, call) ?? (call.has('--user') ? '~/.local' : environmentOf(call))),
    ...particulars,
  });
}

/** The virtual environment that a call of its own pip or python fills, else the activated one, else what all share. */
function environmentOf(call: InstallerCall): string | null | undefined {
  const [, own] = /^((?:[^/]*\/)*(?=[^/]*env)[^/]*)\/bin\//.exec(call.path) ?? [];
  if (own !== undefined) return own;
  const active = call.situation.environment('VIRTUAL_ENV');
  if (active === undefined || (active !== null && active !== '')) return active;
  const [, first] =
    /^((?:[^:/]*\/)*(?=[^:/]*venv|virtualenv\/|(?:[^:/]*[-_.])?env\/)[^:/]*)\/bin(?=:|$)/.exec(
      call.situation.environment('PATH') ?? '',
    ) ?? [];
  return first ?? call.situation.sitePackages;
}

/** What is installed into the system's own tree lies among other things of it. */
const placeOf = (folder: string | undefined, { situation }: InstallerCall): string | undefined =>
  folder !== undefined && /^\/usr(?:\/local)?\/?$/.test(folder) ? situation.sitePackages : folder;

const pipSync: InstallerReader = (call) => {
  const files = call.operands.length === 0 ? ['requirements.txt'] : call.operands;
  return pipInstall(call, files, { frozen: 'yes' });
};

const pipenv: InstallerReader = (call) => {
  const [verb, ...packages] = call.operands;
  if (!((/^(?:install|update|upgrade)$/.test(verb ?? '') && packages.length === 0) || verb === 'sync'))
    return undefined;
  const anew = /^up/.test(verb ?? '') || call.has('--skip-lock');
  const inProject = switchedOn(call.situation.environment('PIPENV_VENV_IN_PROJECT'));
  const strict = verb === 'sync' || call.has('--deploy');
  const dev = call.has('--dev', '-d') || switchedOn(call.situation.environment('PIPENV_DEV')) === true;
  return dependencyInstallOf('pipenv', {
    development: dev ? 'yes' : unlessHidden(call, 'no'),
    asksForDevelopment: dev,
    updates: anew,
    frozen: !anew && (strict || call.has('--ignore-pipfile')) ? 'yes' : unlessHidden(call, 'no'),
    needsLockfile: verb === 'sync',
    reads: { manifests: ['Pipfile'], lockfiles: ['Pipfile.lock'] },
    loads: true,
    ...writesTo(
      call.has('--system') ? environmentOf(call) : inProject === true ? '.venv' : '~/.local/share/virtualenvs',
    ),
  });
};

/** Of groups that are left out or asked for alone, whether those of development come in. */
function developmentByGroups(call: InstallerCall): 'yes' | 'no' | 'unknown' {
  const texts = (...flags: readonly string[]): readonly string[] =>
    call.values(...flags).flatMap((text) => groupsIn(text ?? 'unknown'));
  const only = texts('--only', '--only-group');
  if (only.length > 0) return only.some(isDevelopmentGroup) ? 'yes' : 'no';
  if (texts('--without', '--no-group').some(isDevelopmentGroup)) return 'no';
  return unlessHidden(call, 'yes');
}

const poetry: InstallerReader = (call) => {
  const [verb, ...packages] = call.operands;
  const anew = verb === 'update' && packages.length === 0;
  if (verb !== 'install' && verb !== 'sync' && !anew) return undefined;
  if (call.has('--only-root')) return undefined;
  const inProject = poetrySetting(call, 'virtualenvs.in-project');
  const created = poetrySetting(call, 'virtualenvs.create');
  return dependencyInstallOf('poetry', {
    buildsProject: !call.has('--no-root'),
    development: call.has('--no-dev') ? 'no' : developmentByGroups(call),
    asksForDevelopment: call.values('--with', '--only').some((text) => groupsIn(text ?? '').some(isDevelopmentGroup)),
    updates: anew,
    frozen: anew ? unlessHidden(call, 'no') : 'with-lockfile',
    reads: { manifests: ['pyproject.toml'], lockfiles: ['poetry.lock'] },
    loads: true,
    ...writesTo(
      created === 'false' ? environmentOf(call) : inProject === 'true' ? '.venv' : '~/.cache/pypoetry/virtualenvs',
    ),
    ...directoryGiven(...call.values('-C', '--directory', '-P', '--project')),
  });
};

function poetrySetting(call: InstallerCall, key: string): 'true' | 'false' | undefined {
  const variable = call.situation.environment(`POETRY_${key.toUpperCase().replaceAll(/[.-]/g, '_')}`);
  const text = variable ?? call.situation.setting('poetry', key);
  const on = switchedOn(text);
  return on === undefined || text === null ? undefined : on ? 'true' : 'false';
}

const poetryConfig: InstallerReader = (call) => {
  const [, key, value] = call.operands;
  return key === undefined ? undefined : { kind: 'setting', ecosystem: 'poetry', key, value };
};

const pdm: InstallerReader = (call) => {
  const [verb, ...packages] = call.operands;
  const anew = verb === 'update' && packages.length === 0;
  if (verb !== 'install' && verb !== 'sync' && !anew) return undefined;
  // Frozen, its lockfile is not written, and resolved beside it when it does not fit.
  const frozen = call.has('--frozen-lockfile', '--no-lock') ? 'unknown' : unlessHidden(call, 'no');
  const production = call.has('--prod', '--production') || call.has('--no-dev');
  return dependencyInstallOf('pdm', {
    buildsProject: !call.has('--no-self', '--no-editable'),
    development: production ? 'no' : unlessHidden(call, 'yes'),
    updates: anew,
    frozen: verb === 'sync' || call.has('--check') ? 'yes' : frozen,
    needsLockfile: verb === 'sync',
    reads: { manifests: ['pyproject.toml'], lockfiles: ['pdm.lock'] },
    writes: '.venv',
    loads: true,
    ...directoryGiven(...call.values('-p', '--project')),
  });
};

const uv: InstallerReader = (call) => {
  const [verb] = call.operands;
  if (verb === 'pip') return pip(call);
  if (verb !== 'sync') return undefined;
  const asks = (flag: string): boolean =>
    call.has(`--${flag}`) ||
    switchedOn(call.situation.environment(`UV_${flag.toUpperCase().replaceAll('-', '_')}`)) === true;
  const strict = asks('locked') || asks('frozen');
  const withoutProject = asks('no-install-project') || asks('no-install-workspace') || call.has('--no-install-local');
  const onlyDev = call.has('--only-dev') || call.has('--dev') || call.has('--all-groups');
  const withoutDev = asks('no-dev') || call.has('--no-default-groups');
  return dependencyInstallOf('uv', {
    buildsProject: !withoutProject,
    asksForDevelopment: onlyDev,
    development: onlyDev ? 'yes' : withoutDev ? 'no' : developmentByGroups(call),
    updates: !strict && call.has('--upgrade', '-U'),
    frozen: strict ? 'yes' : unlessHidden(call, 'no'),
    needsLockfile: strict,
    reads: { manifests: ['pyproject.toml'], lockfiles: ['uv.lock'] },
    offline: call.has('--offline'),
    loads: true,
    ...writesTo(placeOf(call.situation.environment('UV_PROJECT_ENVIRONMENT') ?? '.venv', call)),
    ...directoryGiven(...call.values('--directory', '--project')),
  });
};

const conda: InstallerReader = (call) => {
  const [verb, next] = call.operands;
  const byFile = verb === 'env' ? next === 'create' || next === 'update' : verb === 'install' || verb === 'create';
  const files = call.values('-f', '--file').filter((file) => file !== undefined);
  if (!byFile || (verb !== 'env' && files.length === 0)) return undefined;
  const manifests = files.length === 0 ? ['environment.yml'] : files;
  return dependencyInstallOf('conda', { reads: { manifests, lockfiles: [] } });
};

/** The folder of the virtual environment that a call makes: `python -m venv /opt/venv`, `virtualenv env`, `uv venv`. */
export function environmentMade([first, ...rest]: InstallerWords): string | undefined {
  const name = first?.slice(first.lastIndexOf('/') + 1) ?? '';
  const module = /^python[\d.]*$/.test(name) && rest[0] === '-m' && /^(?:venv|virtualenv)$/.test(rest[1] ?? '');
  const own = name === 'virtualenv' || name === 'uv';
  if ((!module && !own) || (name === 'uv' && rest[0] !== 'venv')) return undefined;
  const call = installerCall(name, rest.slice(module ? 2 : name === 'uv' ? 1 : 0), venvFlags, nothingAround);
  return call.uncertain || call.operands.length > 1
    ? undefined
    : (call.operands[0] ?? (name === 'uv' ? '.venv' : undefined));
}

const venvFlags = flagsWithValue('--prompt -p --python --seeder --link-mode --index --default-index');
const nothingAround = { environment: () => null, setting: () => null };

const managers: ReadonlySet<string> = new Set(['pip', 'pipenv', 'poetry', 'pdm', 'uv']);

/** Managers that bring packages of Python into an environment, and into the project no file but that. */
export const isPythonManager = (ecosystem: string): boolean => managers.has(ecosystem);

export const pythonInstallers: readonly (readonly [string, InstallerReader])[] = [
  ['pip', pip],
  ['pip-sync', pipSync],
  ['pipenv', pipenv],
  ['poetry', (call) => (call.operands[0] === 'config' ? poetryConfig(call) : poetry(call))],
  ['pdm', pdm],
  ['uv', uv],
  ['conda', conda],
  ['mamba', conda],
  ['micromamba', conda],
];
