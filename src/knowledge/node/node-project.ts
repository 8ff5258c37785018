/** What the files of a Node.js project say, as text. Nothing here throws: what cannot be read is unknown. */
import type { PackageManager } from './invocation.ts';

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  // A manifest of which nothing is known is empty, and an exception takes its time.
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return objectOf(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return undefined;
  }
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;

const managers: readonly PackageManager[] = ['npm', 'yarn', 'pnpm', 'bun'];

/** `packageManager` of package.json (`pnpm@9.1.0+sha512…`), else `devEngines.packageManager`, whose version may be a range. */
export function declaredManager(
  manifest: string,
): { readonly manager: PackageManager; readonly version: string } | undefined {
  const content = parseObject(manifest);
  const field = content?.['packageManager'];
  const [, name, version] = typeof field === 'string' ? (/^(\w+)@([^+\s]+)/.exec(field) ?? []) : [];
  const manager = managers.find((each) => each === name);
  return manager === undefined || version === undefined ? engineManager(content?.['devEngines']) : { manager, version };
}

/** `devEngines.packageManager: { name, version }`, or the one entry of a list: https://docs.npmjs.com/cli/configuring-npm/package-json. */
function engineManager(engines: unknown): { readonly manager: PackageManager; readonly version: string } | undefined {
  const declared = objectOf(engines)?.['packageManager'];
  const { name, version } = objectOf(Array.isArray(declared) && declared.length === 1 ? declared[0] : declared) ?? {};
  const manager = managers.find((each) => each === name);
  return manager === undefined || typeof version !== 'string' ? undefined : { manager, version };
}

/** Whether a manifest asks for development packages. A workspace root without any leaves it to its members. */
export function developmentPackages(manifest: string): 'yes' | 'no' | 'unknown' {
  const content = parseObject(manifest);
  if (content === undefined) return 'unknown';
  const section = content['devDependencies'];
  if (typeof section === 'object' && section !== null && Object.keys(section).length > 0) return 'yes';
  return content['workspaces'] === undefined ? 'no' : 'unknown';
}

/** Majors of pnpm by the format of its lockfile: pnpm 7 writes 5.4, pnpm 8 writes 6.0, pnpm 9 and later 9.0. */
const pnpmOfLockfile: ReadonlyMap<string, string> = new Map([
  ['5', '<=7'],
  ['6', '8'],
  ['9', '>=9'],
]);

/** The first and the last release of pnpm that read a format of its lockfile (measured with 7 to 10, all of them frozen). */
const readersOfLockfile: ReadonlyMap<string, readonly [first: number, last: number]> = new Map([
  ['5', [3, 7]],
  ['6', [7, 9]],
  ['9', [9, Number.POSITIVE_INFINITY]],
]);

/** Installers of git hooks and patches, which need nothing of the source. */
const onlyHooks =
  /^\W*(is-ci \|\| )?(npx )?(husky|lefthook|simple-git-hooks|patch-package|lint-staged|only-allow|cd .* && husky)\b/;

/** Whether installing from this manifest runs scripts of the project: its own install scripts, hooks of git aside. */
export function installRunsScripts(manifest: string): boolean {
  const scripts = objectOf(parseObject(manifest)?.['scripts']) ?? {};
  return Object.entries(scripts).some(
    ([name, script]) => /^(pre|post)?(install|prepare)$/.test(name) && !onlyHooks.test(String(script)),
  );
}

/** Whether an install of this manifest links folders of the project: members of a workspace, `file:` and `link:` dependencies. */
export function installLinksFolders(manifest: string): boolean {
  const content = parseObject(manifest);
  if (content?.['workspaces'] !== undefined) return true;
  return ['dependencies', 'devDependencies', 'optionalDependencies'].some((section) =>
    /"(file|link|portal):/.test(JSON.stringify(content?.[section] ?? {})),
  );
}

/**
 * Whether npm stops at a manifest: it knows no `workspace:` and no `catalog:` ranges, which pnpm, yarn and bun do
 * (EUNSUPPORTEDPROTOCOL, measured with npm 11).
 */
export const npmStopsAt = (manifest: string): boolean => {
  const content = parseObject(manifest);
  return ['dependencies', 'devDependencies', 'optionalDependencies'].some((section) =>
    Object.values(objectOf(content?.[section]) ?? {}).some((range) => /^(?:workspace|catalog):/.test(String(range))),
  );
};

/** Whether a manifest names members of a workspace, whose packages the lockfile beside it holds too; undefined when it cannot be read. */
export function namesMembers(manifest: string): boolean | undefined {
  const content = parseObject(manifest);
  return content === undefined ? undefined : content['workspaces'] !== undefined;
}

/** Whether a manifest says where the schema of Prisma is, or members may have it. */
export function mayTellSchema(manifest: string): boolean {
  const content = parseObject(manifest);
  const told = objectOf(content?.['prisma'])?.['schema'];
  return content === undefined || told !== undefined || content['workspaces'] !== undefined;
}

/** Whether a pnpm-workspace.yaml names members; since pnpm 10 it may hold settings alone. */
export const pnpmNamesMembers = (workspace: string): boolean => /^packages:/m.test(workspace);

/** The version range of the manager that wrote a lockfile; undefined when the file does not tell. */
export function lockfileManagerVersion(name: string, text: string): string | undefined {
  if (name === 'yarn.lock') {
    if (text.includes('# yarn lockfile v1')) return '1';
    return /^__metadata:/m.test(text) ? '>=2' : undefined;
  }
  if (name !== 'pnpm-lock.yaml') return undefined;
  const version = /^lockfileVersion:[ \t]*['"]?(\d+)/m.exec(text)?.[1];
  return version === undefined ? undefined : pnpmOfLockfile.get(version);
}

export interface UnreadLockfile {
  /** The format, as the lockfile says it. */
  readonly format: string;
  /** The releases that read it. */
  readonly readBy: string;
}

/** What stands in a pnpm-lock.yaml that this release of pnpm does not read; undefined where it does, or may. */
export function unreadPnpmLockfile(text: string, major: number): UnreadLockfile | undefined {
  const [, format = '', version = ''] = /^lockfileVersion:[ \t]*['"]?((\d+)[\d.]*)/m.exec(text) ?? [];
  const [first, last] = readersOfLockfile.get(version) ?? [];
  if (first === undefined || last === undefined || (major >= first && major <= last)) return undefined;
  return { format, readBy: last === Number.POSITIVE_INFINITY ? `pnpm ${first} and later` : `pnpm up to ${last}` };
}

/** What yarn 2+ writes by its .yarnrc.yml; without `nodeLinker` it is Plug'n'Play. */
export function yarnNodeLinker(config: string): 'pnp' | 'node-modules' {
  return /^[ \t]*nodeLinker:[ \t]*["']?(?:node-modules|pnpm)/m.test(config) ? 'node-modules' : 'pnp';
}

/** The words of a script of the manifest, roughly split; null when the manifest has no such script. */
export function manifestScript(manifest: string, name: string): string | null | undefined {
  const content = parseObject(manifest);
  if (content === undefined) return undefined;
  const script = objectOf(content['scripts'])?.[name];
  return typeof script === 'string' ? script : null;
}

/** `name` of the manifest; undefined where it has none, or cannot be read. */
export function packageName(manifest: string): string | undefined {
  const name = parseObject(manifest)?.['name'];
  return typeof name === 'string' ? name : undefined;
}

/** `engines.node` of the manifest, as written. */
export function nodeEngine(manifest: string): string | undefined {
  const range = objectOf(parseObject(manifest)?.['engines'])?.['node'];
  return typeof range === 'string' ? range : undefined;
}

/** Packages that a manifest names for production, with their ranges. */
export function productionPackages(manifest: string): ReadonlyMap<string, string> {
  const content = parseObject(manifest);
  const named = { ...objectOf(content?.['dependencies']), ...objectOf(content?.['optionalDependencies']) };
  return new Map(Object.entries(named).flatMap(([name, range]) => (typeof range === 'string' ? [[name, range]] : [])));
}

/** All packages that a manifest names, for whatever use. */
export const namedPackages = (manifest: string): ReadonlySet<string> => {
  const content = parseObject(manifest);
  return new Set(
    ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((key) =>
      Object.keys(objectOf(content?.[key]) ?? {}),
    ),
  );
};

/** Packages that a manifest, which links no folders of the project, names for development and for nothing else. */
export const onlyForDevelopment = (manifest: string): ReadonlySet<string> =>
  installLinksFolders(manifest) ? new Set() : namedForDevelopment(manifest);

/** The same of packages for the hooks of git, which only the root of a workspace has. */
export const hooksForDevelopment = (manifest: string): ReadonlySet<string> =>
  new Set(
    [...namedForDevelopment(manifest)].filter((name) => /^(?:husky|lefthook|simple-git-hooks|is-ci)$/.test(name)),
  );

/** Packages that a manifest names for development and for nothing else; members of its workspace may name them too. */
export function namedForDevelopment(manifest: string): ReadonlySet<string> {
  const content = parseObject(manifest);
  const names = (section: string): readonly string[] => Object.keys(objectOf(content?.[section]) ?? {});
  const others = new Set(['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap(names));
  return new Set(names('devDependencies').filter((name) => !others.has(name)));
}

/**
 * Packages that a manifest takes from its workspace (`workspace:*`); none where overrides may send them elsewhere.
 * Outside of it pnpm, yarn and bun stop at them (measured: pnpm 9.15, yarn 1.22).
 */
export function workspacePackages(manifest: string, development: boolean): readonly string[] {
  const content = parseObject(manifest);
  if (content === undefined || content['overrides'] !== undefined || content['resolutions'] !== undefined) return [];
  if (objectOf(content['pnpm'])?.['overrides'] !== undefined) return [];
  const sections = ['dependencies', 'optionalDependencies', ...(development ? ['devDependencies'] : [])];
  return sections.flatMap((section) =>
    Object.entries(objectOf(content[section]) ?? {}).flatMap(([name, range]) =>
      /^workspace:/.test(String(range)) ? [name] : [],
    ),
  );
}

/** The words of a call in a script of package.json, less the variables that are set in front of it. */
export const scriptWords = (call: string): readonly string[] =>
  call
    .trim()
    .split(/\s+/)
    .filter((word) => !/^\w+=/.test(word));
