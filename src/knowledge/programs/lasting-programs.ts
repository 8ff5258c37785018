/**
 * Programs that run until somebody stops them.
 *
 * Sources: the documentation of serve, http-server, live-server, json-server, pm2 (pm2-runtime) and of the frameworks
 * whose `start` and `preview` serve what was built.
 */
import { commandPurpose } from './purpose.ts';

type Words = readonly (string | undefined)[];

const always: ReadonlySet<string> = new Set('serve http-server live-server json-server pm2-runtime'.split(' '));
const bySubcommand: ReadonlyMap<string, RegExp> = new Map([
  ['next', /^start$/],
  ['nuxt', /^(?:start|preview)$/],
  ['vite', /^preview$/],
  ['remix-serve', /^/],
  ['strapi', /^(?:start|develop)$/],
  ['nest', /^start$/],
]);

/** Whether a command serves until it is stopped, by the names that people give their programs. */
function servesUntilStopped([first, ...rest]: Words): boolean {
  const name = first?.slice(first.lastIndexOf('/') + 1) ?? '';
  if (name === 'npx') return servesUntilStopped(rest);
  if (name === 'node') return /^(?:\.\/)?(?:(?:src|dist|build)\/)?(?:server|app)(?:\.[cm]?js)?$/.test(rest[0] ?? '');
  return always.has(name) || bySubcommand.get(name)?.test(rest[0] ?? '') === true;
}

/** Whether a command does not end by itself: a server, or a watcher. */
export const runsOn = (words: Words): boolean =>
  commandPurpose(words) === 'development-server' || servesUntilStopped(words);
