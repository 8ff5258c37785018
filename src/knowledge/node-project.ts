/** What the files of a Node.js project say, as text. Nothing here throws: what cannot be read is unknown. */
import type { PackageManager } from './invocation.ts';

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const managers: readonly PackageManager[] = ['npm', 'yarn', 'pnpm', 'bun'];

/** `packageManager` of package.json: `pnpm@9.1.0+sha512…`. */
export function declaredManager(
  manifest: string,
): { readonly manager: PackageManager; readonly version: string } | undefined {
  const field = parseObject(manifest)?.['packageManager'];
  const [, name, version] = typeof field === 'string' ? (/^(\w+)@([^+\s]+)/.exec(field) ?? []) : [];
  const manager = managers.find((each) => each === name);
  return manager === undefined || version === undefined ? undefined : { manager, version };
}

/** Whether a manifest asks for development packages. A workspace root without any leaves it to its members. */
export function developmentPackages(manifest: string): 'yes' | 'no' | 'unknown' {
  const content = parseObject(manifest);
  if (content === undefined) return 'unknown';
  const section = content['devDependencies'];
  if (typeof section === 'object' && section !== null && Object.keys(section).length > 0) return 'yes';
  return content['workspaces'] === undefined ? 'no' : 'unknown';
}

/** The version range of the manager that wrote a lockfile; undefined when the file does not tell. */
export function lockfileManagerVersion(name: string, text: string): string | undefined {
  if (name === 'yarn.lock') {
    if (text.includes('# yarn lockfile v1')) return '1';
    return /^__metadata:/m.test(text) ? '>=2' : undefined;
  }
  if (name !== 'pnpm-lock.yaml') return undefined;
  const version = /^lockfileVersion:\s*['"]?(\d+)/m.exec(text)?.[1];
  if (version === '5') return '7';
  return version === '6' ? '8' : undefined;
}

/** What yarn 2+ writes by its .yarnrc.yml; without `nodeLinker` it is Plug'n'Play. */
export function yarnNodeLinker(config: string): 'pnp' | 'node-modules' {
  return /^\s*nodeLinker:\s*["']?(node-modules|pnpm)/m.test(config) ? 'node-modules' : 'pnp';
}
