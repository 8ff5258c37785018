/** Which files of a folder an install of its dependencies reads. */
import { hasOwnPrismaClient, majorsOf, prismaCall, productionPackages } from '../../knowledge/index.ts';
import type { Build, CacheInput, Install, Stage } from '../build.ts';
import { baseName, directoryName, isGlob, join } from '../files/path.ts';
import { wordsOf } from '../query.ts';
import { addressesMembersIn } from '../run/command-calls.ts';
import { runsScripts } from './source-behind.ts';
import { workspaceMembers } from './workspace-manifests.ts';

export interface Manifests {
  /** Names in the folder, or globs of them. */
  readonly names: readonly string[];
  /** Folders below it whose manifests are read too, and folders that are read whole. */
  readonly members?: readonly string[];
  readonly folders?: readonly string[];
  /** All that the install reads is known, and the source that comes in behind it brings nothing over what it made. */
  readonly certain: boolean;
}

/** Undefined when there may be others, or when they lie elsewhere. */
export function manifestsOf(install: Install, source: CacheInput, build: Build): Manifests | undefined {
  const folder = source.path === '.' ? '' : source.path.replace(/\/$/, '');
  return install.node ? ofNode(install, folder, build) : ofOthers(install, folder, build);
}

const settings = ['.npmrc', '.yarnrc', '.yarnrc.yml', '.pnpmfile.cjs', 'bunfig.toml', 'pnpm-workspace.yaml'];
/** Folders with parts of the manager, and with changes to packages. */
const parts = ['.yarn', 'patches'];
/** Packages that lie in the project, and what makes an install build the project. */
const more = ['.pnp.cjs', 'binding.gyp', 'rush.json'];

function ofNode(
  { manager, frozen, needsLockfile, command }: Install,
  folder: string,
  build: Build,
): Manifests | undefined {
  const { context } = build;
  const known = lockfileNames(manager);
  if (known === undefined) return undefined;
  const entry = (name: string) => context.stat(join(folder, name));
  if (entry('package.json') === 'unknown') {
    const [lock] = known;
    if (manager === 'npm' && frozen === 'no') return { names: ['package*.json'], certain: false };
    if (lock === undefined || manager === 'bun') return undefined;
    return { names: ['package.json', frozen === 'yes' || needsLockfile ? lock : `${lock}*`], certain: false };
  }
  const text = entry('package.json') === 'file' ? context.read(join(folder, 'package.json')) : undefined;
  if (entry('package.json') !== 'file' || more.some((name) => entry(name) !== 'absent' && entry(name) !== 'unknown'))
    return undefined;
  const folders = parts.filter((name) => entry(name) === 'directory');
  if (
    text !== undefined &&
    generatesClient(text, context.read(join(folder, 'prisma/schema.prisma')), command.step.stage)
  )
    folders.push('prisma');
  const isPatched = text !== undefined && /"patchedDependencies"\s*:/.test(text);
  if (isPatched && !folders.includes('patches')) return undefined;
  const members = workspaceMembers(folder, text, build);
  if (members === undefined || (members.length === 0 && callsMembers(command.step.stage))) return undefined;
  const locks = known.filter((name) => entry(name) === 'file');
  if (locks.length === 0 && (frozen === 'yes' || needsLockfile)) return undefined;
  const config = settings.filter((name) => entry(name) === 'file');
  if (config.includes('pnpm-workspace.yaml')) {
    const workspace = context.read(join(folder, 'pnpm-workspace.yaml')) ?? 'patchedDependencies:';
    if (/^patchedDependencies\s*:/m.test(workspace) && !folders.includes('patches')) return undefined;
  }
  const quiet = text !== undefined && !runsScripts(text) && config.length === 0;
  const kept = context.ignores(join(folder, 'node_modules')) === true;
  return {
    names: ['package.json', ...locks, ...config],
    certain: quiet && kept && members.length === 0 && folders.length === 0,
    members,
    folders,
  };
}

/** `@prisma/client` makes its client from the schema while it is installed, and nothing below makes it again. */
function generatesClient(manifest: string, schema: string | undefined, { steps }: Stage): boolean {
  const range = productionPackages(manifest).get('@prisma/client');
  if (schema === undefined || (majorsOf(range)?.most ?? 7) >= 7 || !hasOwnPrismaClient(schema)) return false;
  return !steps.some(({ commands }) => commands.some((command) => prismaCall(wordsOf(command)) === 'generate'));
}

/** `turbo run build --filter=api`: a workspace whose root is not the folder that is seen. */
const callsMembers = ({ steps }: Stage): boolean => steps.some(({ commands }) => commands.some(addressesMembersIn));

const names: ReadonlyMap<string, readonly string[]> = new Map([
  ['npm', ['package-lock.json', 'npm-shrinkwrap.json']],
  ['yarn', ['yarn.lock']],
  ['pnpm', ['pnpm-lock.yaml']],
  ['bun', ['bun.lock', 'bun.lockb']],
]);

const lockfileNames = (manager: string): readonly string[] | undefined => names.get(manager);

/** Manifests of these say all by themselves, or name the files that they take in. */
const plain: ReadonlySet<string> = new Set(['pip', 'go', 'maven', 'composer', 'bundler', 'cargo']);
const takesMore: ReadonlyMap<string, RegExp> = new Map([
  ['pip', /^[ \t]*(?:-[rcef]\b|--(?:requirement|constraint|editable|find-links)\b|\.|file:|\S*@[ \t]*file:)/m],
  ['go', /=>\s*\.{0,2}\//],
  ['maven', /<modules?>|<parent>|<systemPath>/],
  ['composer', /"(?:scripts|repositories|classmap|files)"\s*:|composer-patches/],
  ['bundler', /\bgemspec\b|\bpath:|:path\b|eval_gemfile|\bFile\.|file:|require_relative/],
  ['cargo', /./],
]);

function ofOthers(install: Install, folder: string, { context }: Build): Manifests | undefined {
  const { manager, reads, locks = [], directory, needsLockfile, command } = install;
  const pattern = takesMore.get(manager);
  if (!plain.has(manager) || pattern === undefined || reads.length === 0) return undefined;
  if (manager === 'composer' && command.arguments.some((word) => /^-[oa]$|autoloader|authoritative/.test(word ?? '-o')))
    return undefined;
  if (reads.some((path) => isGlob(path) || directoryName(path) !== directory)) return undefined;
  const named = reads.map(baseName);
  // What the call names is there; a lockfile, and what a manager reads beside its manifest, may be.
  if (named.every((name) => context.stat(join(folder, name)) === 'unknown')) {
    const lockfiles = locks.map((path) => `${baseName(path)}${needsLockfile ? '' : '*'}`);
    return { names: [...new Set([...(manager === 'pip' ? named : named.slice(0, 1)), ...lockfiles])], certain: false };
  }
  const wanted = named.filter((name) => context.stat(join(folder, name)) === 'file');
  if (wanted.length === 0 || (manager === 'pip' && wanted.length < named.length) || wanted.includes('go.work'))
    return undefined;
  const texts = wanted.map((name) => context.read(join(folder, name)));
  if (texts.some((text) => text === undefined || pattern.test(text))) return undefined;
  const there = locks.map(baseName).filter((name) => context.stat(join(folder, name)) === 'file');
  if (there.length === 0 && needsLockfile) return undefined;
  const vendor = manager === 'composer' || manager === 'bundler' ? context.ignores(join(folder, 'vendor')) : true;
  return { names: [...new Set([...wanted, ...there])], certain: vendor === true };
}
