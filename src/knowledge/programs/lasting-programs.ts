/**
 * Programs that run until somebody stops them.
 *
 * Sources: the documentation of serve, http-server, live-server, json-server, pm2 (pm2-runtime) and of the frameworks
 * whose `start` and `preview` serve what was built.
 */
import { readInvocation } from '../node/package-managers.ts';
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

/** Interpreters and servers as the last lines of start scripts call them. */
const runtimes =
  /^(?:node|nodejs|bun|deno|tsx|ts-node|python[\d.]*|java|dotnet|gunicorn|uvicorn|hypercorn|daphne|puma|pm2-runtime|apache2-foreground|php-fpm[\d.]*)$/;

/** Whether the last command of a start script runs as long as the container does. */
export function lastsAsStart(words: Words): boolean {
  const [first = '', second = ''] = words;
  const name = first.slice(first.lastIndexOf('/') + 1);
  const call = readInvocation(words);
  if (call !== undefined) return call.operation === 'run' && /^(?:start|serve|prod)(?::|$)/.test(call.script ?? '');
  if (name === 'nginx') return words.some((word) => word?.includes('daemon off') === true);
  if (runtimes.test(name)) return !/^(?:-v|--version|-e|-c|--eval)$/.test(second);
  return servesUntilStopped(words);
}
