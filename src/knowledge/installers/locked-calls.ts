/** The call that installs what the lockfile says, and stops where lockfile and manifest differ. */

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

/** Undefined for managers that have no such call, or always keep to the lockfile. */
export const lockedCall = (manager: string): string | undefined => lockedCalls.get(manager);
