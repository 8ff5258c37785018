/** The call that installs what the lockfile says, and stops where lockfile and manifest differ. */
import { majorOf } from '../node/versions.ts';

/** By the documentation of each manager. */
const lockedCalls: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm ci'],
  ['yarn', 'yarn install --immutable (yarn 1: --frozen-lockfile)'],
  ['pnpm', 'pnpm install --frozen-lockfile'],
  ['bun', 'bun install --frozen-lockfile'],
  ['uv', 'uv sync --locked'],
  ['pipenv', 'pipenv sync'],
  ['pdm', 'pdm sync'],
]);

/** Undefined for managers that have no such call, or always keep to the lockfile. Of yarn both where it is not known which one runs. */
export function lockedCall(manager: string, version?: string): string | undefined {
  const major = manager === 'yarn' && version !== undefined ? majorOf(version) : undefined;
  if (major === undefined) return lockedCalls.get(manager);
  return major < 2 ? 'yarn install --frozen-lockfile' : 'yarn install --immutable';
}
