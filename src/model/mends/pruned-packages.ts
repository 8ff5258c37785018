/** Commands and flags that leave development packages out of node_modules. */
import { majorsOf } from '../../knowledge/index.ts';
import type { Build, Install, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import { chainOf } from '../query.ts';

/** npm before 7, which Node.js has had since 15, passes over `--omit`. */
export function isOldNpm({ version, command }: Install): boolean {
  const major = majorsOf(version)?.most;
  if (major !== undefined) return major < 7;
  const base = chainOf(command.step.stage)[0]?.base;
  const tag = base?.kind === 'image' && /(?:^|\/)node$/.test(base.reference.familiar) ? base.reference.tag : undefined;
  return Number(/^\d+/.exec(tag ?? '')?.[0] ?? 15) < 15;
}

/** The flag that leaves development packages out; undefined where the manager has none, or the call says it already. */
export function omission(install: Install): string | undefined {
  const { manager, version, command } = install;
  if (command.invocation?.development !== undefined || command.invocation?.uncertain === true) return undefined;
  if (manager === 'npm') return isOldNpm(install) ? '--production' : '--omit=dev';
  if (manager === 'pnpm') return '--prod';
  if (manager === 'bun') return '--production';
  return manager === 'yarn' && majorsOf(version)?.most === 1 ? '--production' : undefined;
}

/** The command that takes development packages out of node_modules again, those of members of a workspace too. */
export function pruning(install: Install, stage: Stage, build: Build): string | undefined {
  const { manager, version, command, frozen } = install;
  if (command.invocation?.uncertain === true) return undefined;
  if (!/^(?:npm|pnpm)$/.test(manager) && generatesClient(install, stage, build)) return undefined;
  switch (manager) {
    case 'npm':
      return isOldNpm(install) ? 'npm prune --production' : 'npm prune --omit=dev';
    case 'pnpm':
      return isPnpmWorkspace(install, stage, build)
        ? pnpmOfAll
        : `CI=true pnpm prune --prod${withoutScripts(install, stage, build)}`;
    case 'bun':
      return `rm -rf node_modules && bun install --production${frozen === 'yes' ? ' --frozen-lockfile' : ''}`;
    case 'yarn':
      if (majorsOf(version)?.most === 1)
        return `yarn install${install.lockfile === 'present' ? ' --frozen-lockfile' : ''} --production --ignore-scripts --prefer-offline`;
      return focuses(install, stage, build) ? 'yarn workspaces focus --all --production' : undefined;
    default:
      return undefined;
  }
}

/** What `prisma generate` has written into node_modules: other managers than npm and pnpm do away with it. */
const generatesClient = ({ directory }: Install, { result }: Stage, build: Build): boolean =>
  /"@prisma\/client"/.test(textAt(join(directory ?? '/', 'package.json'), result.rootfs, build) ?? '');

/**
 * `pnpm prune` does away with the packages of members (measured with pnpm 10); an install keeps what it
 * has no use for in the virtual store for a week, unless told otherwise.
 */
const pnpmOfAll = 'CI=true pnpm install --prod --frozen-lockfile --ignore-scripts --config.modules-cache-max-age=0';

/** pnpm runs `prepare` when it prunes, which calls what has just been taken out. */
const withoutScripts = ({ directory }: Install, { result }: Stage, build: Build): string =>
  /"(?:pre|post)?(?:install|prepare)"\s*:/.test(
    textAt(join(directory ?? '/', 'package.json'), result.rootfs, build) ?? '',
  )
    ? ' --ignore-scripts'
    : '';

/** The folder has members. */
function isPnpmWorkspace({ directory }: Install, { result }: Stage, build: Build): boolean {
  const path = join(directory ?? '/', 'pnpm-workspace.yaml');
  if (result.rootfs.stat(path).presence !== 'present') return false;
  const text = textAt(path, result.rootfs, build);
  return text === undefined || /^packages\s*:/m.test(text);
}

/** Yarn 4 has the command, older ones by a plugin; packages have to lie in node_modules. */
export function focuses({ manager, directory, version }: Install, { result }: Stage, build: Build): boolean {
  if (manager !== 'yarn' || majorsOf(version)?.most === 1) return false;
  const settings = textAt(join(directory ?? '/', '.yarnrc.yml'), result.rootfs, build);
  if (settings === undefined || !/^nodeLinker:\s*['"]?node-modules\b/m.test(settings)) return false;
  const least = majorsOf(version)?.least;
  return (least !== undefined && least >= 4) || /plugin-workspace-tools/.test(settings);
}
