/**
 * The port that a start command names for its server.
 *
 * Sources: the help texts of next, nuxt, vite, astro, serve, http-server, uvicorn, gunicorn, hypercorn, flask,
 * fastapi, streamlit, rails, puma, thin, rackup, php and Django's runserver.
 */

type Words = readonly (string | undefined)[];

/** `named`: the command names this port; `hidden`: it may name one that cannot be read; `none`: it names none. */
export type NamedPort = { readonly kind: 'named'; readonly port: number } | { readonly kind: 'hidden' | 'none' };

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const hidden: NamedPort = { kind: 'hidden' };

/** Servers for which `-p` is the port. */
const shortFlag = words(
  'next nuxt nuxi serve http-server remix-serve astro json-server rails puma thin rackup flask sirv hypercorn ng',
);
/** Servers that take the address to bind to with these flags. */
const bindFlags: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['gunicorn', words('-b --bind')],
  ['hypercorn', words('-b --bind')],
  ['puma', words('-b --bind')],
  ['serve', words('-l --listen')],
  ['php', words('-S')],
]);
/** Programs that are servers and take `--port`. */
const longFlag = words(
  'next nuxt nuxi vite astro serve http-server remix-serve json-server uvicorn fastapi flask streamlit rails puma thin rackup waitress-serve daphne php ng node tsx ts-node bun deno python python3 ruby',
);
/** Words that stand before the server's name. */
const carriers = words('npx bunx pnpx uv poetry pipenv pdm bundle run exec -m python python3 node bun dlx');

/** Reads the words of a command. */
export function portNamedIn(written: Words): NamedPort {
  const name = serverName(written);
  if (name === undefined) return written.includes(undefined) ? hidden : { kind: 'none' };
  const bind = bindFlags.get(name);
  const found: NamedPort[] = [];
  for (const [at, word] of written.entries()) {
    if (word === undefined) return hidden;
    const [flag = '', attached] = splitFlag(word);
    const value = attached ?? written[at + 1];
    if (bind?.has(flag) === true) found.push(readPort(value));
    else if (flag === '--port' && longFlag.has(name)) found.push(readPort(value));
    else if (flag === '--server.port' && name === 'streamlit') found.push(readPort(value));
    else if (/^-p\d*$/.test(flag) && shortFlag.has(name)) found.push(readPort(word.length > 2 ? word.slice(2) : value));
    else if (word === 'runserver')
      found.push(/\d/.test(written[at + 1] ?? '') ? readPort(written[at + 1]) : { kind: 'named', port: 8000 });
    else if (/^--?(?:(?:[\w.-]*[.-])?(?:port|listen|bind|address|addr)|http)\b/i.test(word)) found.push(hidden);
  }
  const ports = new Set(found.map((each) => (each.kind === 'named' ? each.port : undefined)));
  const [only] = ports;
  if (ports.size === 0) return { kind: 'none' };
  return ports.size === 1 && only !== undefined ? { kind: 'named', port: only } : hidden;
}

/** `--flag=value`, in two parts. */
function splitFlag(word: string): readonly [string, string | undefined] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

/** The program behind runners: `next` of `npx next start`, `uvicorn` of `python -m uvicorn`. */
function serverName(written: Words): string | undefined {
  let carrier: string | undefined;
  for (const word of written) {
    if (word === undefined) return undefined;
    const name = word.slice(word.lastIndexOf('/') + 1);
    if (carriers.has(name)) carrier = name;
    else if (carrier === undefined || shortFlag.has(name) || longFlag.has(name) || bindFlags.has(name)) return name;
    else return carrier;
  }
  return carrier;
}

/** `8000`, `0.0.0.0:8000`, `[::]:8000`, `tcp://0.0.0.0:8000`. */
function readPort(text: string | undefined): NamedPort {
  const digits = /^(?:(?:tcp:\/\/)?(?:\[[\da-f:]*\]|[\w.*-]*):)?(\d{1,5})$/i.exec(text ?? '')?.[1];
  const port = Number(digits);
  return digits === undefined || port === 0 || port > 65_535 ? hidden : { kind: 'named', port };
}

/** The only port of this host that a check asks: `curl localhost:3000/health`, `nc -z 127.0.0.1 3000`. */
export function portAskedBy(check: string): number | undefined {
  const asked = /(?:^|[\s/@'"(])(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::|\s+)(\$?[\w{}:-]+)/g;
  const ports = new Set([...check.matchAll(asked)].map(([, port = '']) => port));
  const [only = ''] = ports;
  return ports.size === 1 && /^\d{2,5}$/.test(only) ? Number(only) : undefined;
}
