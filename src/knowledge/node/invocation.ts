/** One call of a package manager, read from the words of a command. */

/** Yarn 1 and yarn 2+ are one command, told apart by version. */
export type PackageManager = 'npm' | 'yarn' | 'pnpm' | 'bun';

export type Operation =
  /** Installs what the manifest says. */
  | 'install'
  /** Installs named packages (`npm install x`, `yarn add x`); npm and pnpm install the manifest's as well. */
  | 'add'
  | 'remove'
  /** `npm prune`, `pnpm prune`. */
  | 'prune'
  /** `yarn workspaces focus`. */
  | 'focus'
  /** `pnpm deploy`: an install into another directory. */
  | 'deploy'
  /** `pnpm fetch`: fills the store from the lockfile, makes no usable tree. */
  | 'fetch'
  | 'rebuild'
  /** `npm run x`, `npm start`, `npm test`, `yarn build`. */
  | 'run'
  /** `npx x`, `npm exec`, `yarn dlx`, `pnpm dlx`, `bunx`. */
  | 'exec'
  /** `npm config set`, `npm set`, `yarn config set`, `pnpm config set`. */
  | 'config-set'
  | 'config-delete'
  /** `npm cache clean`, `yarn cache clean`, `pnpm store prune`. */
  | 'cache-clean'
  | 'login'
  | 'pack'
  | 'link'
  /** Sets the version of the manager: `yarn set version`, `corepack prepare pnpm@9 --activate`, `corepack use`. */
  | 'set-version'
  /** `npm init`, `npm version`, `npm audit` and all that touches no dependency tree; or not known. */
  | 'other';

export interface Setting {
  readonly key: string;
  /** Absent when a variable makes it unknown. */
  readonly value?: string;
  readonly location?: 'user' | 'project' | 'global';
}

export interface Invocation {
  readonly manager: PackageManager;
  readonly operation: Operation;
  /** Said in the command itself: `npx pnpm@9 i`, `corepack pnpm@9.1.0 i`. */
  readonly version?: string;
  /** The subcommand as written, empty for bare `yarn`. */
  readonly subcommand: string;
  /** `-g`, `--location=global`, `yarn global`. */
  readonly global: boolean;
  /**
   * What the command line says of the lockfile: true for `npm ci`, `--frozen-lockfile`, `--immutable`;
   * false for `--no-frozen-lockfile`, `--no-immutable`; absent when it says nothing.
   */
  readonly frozen?: boolean;
  /**
   * What the command line says of development packages: `omit` (`--omit=dev`, `--production`, `--prod`),
   * `include` (`--include=dev`, `--production=false`, `--omit=`); absent when it says nothing.
   */
  readonly development?: 'omit' | 'include';
  /** `--prefix`, `--cwd`, `-C`, `--dir`: as written, relative to the working directory. Absent value = a variable. */
  readonly directory?: { readonly text?: string };
  /** Workspaces it is limited to, as written (`--filter`, `-w`, `--workspace`). */
  readonly workspaces: readonly string[];
  /** Named packages (`add`, `exec`, global installs), as written, without flags. */
  readonly packages: readonly string[];
  /** `run`: the script's name (`start` for `npm start`). */
  readonly script?: string;
  /** `deploy`: where to. */
  readonly destination?: string;
  readonly settings: readonly Setting[];
  /** `--userconfig`. */
  readonly userConfig?: string;
  /** `--cache`, `--cache-folder`, `--store-dir`: where it keeps what it downloads. Absent text = a variable. */
  readonly cache?: { readonly text?: string };
  readonly ignoreScripts: boolean;
  readonly offline: boolean;
  /** `--package-lock-only`, `--lockfile-only`, `--dry-run`: no dependency tree comes of it. */
  readonly noTree: boolean;
  /** `--no-package-lock`, `--no-lockfile`. */
  readonly noLockfile: boolean;
  /** A flag or subcommand that only yarn 2+ has (`--immutable`), or only yarn 1 (`--production`). */
  readonly berry: boolean;
  readonly classic: boolean;
  /** Flags that carry a variable or that are not known: what is said above may be incomplete. */
  readonly uncertain: boolean;
}
