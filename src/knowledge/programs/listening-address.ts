/**
 * The address on which a server listens: by its flags, by its variables, by what it does without them.
 *
 * Sources: the help texts and manuals of uvicorn, gunicorn, hypercorn, daphne, granian, Flask, FastAPI, Django, Sanic,
 * Litestar, Streamlit, Chainlit, MLflow, TensorBoard, Jupyter, Next.js, Nuxt (Nitro), Vite, Astro, Angular CLI,
 * http-server, json-server, Rails, Puma, Jekyll, Hugo, MkDocs, PHP and ASP.NET Core.
 */

type Words = readonly (string | undefined)[];

/** Why a server cannot be reached from outside of its container. */
export type LoopbackCause =
  | { readonly by: 'flag' /** The word that holds the address. */; readonly word: string }
  | { readonly by: 'variable'; readonly name: string }
  | { readonly by: 'default'; readonly server: string; readonly flag: string };

interface Server {
  /** Flags that take the address, with a port after it or not; the first is the one to recommend. */
  readonly flags: readonly string[];
  readonly variables: readonly string[];
  /** Without any of them it listens for this host only; other flags or files that set it are `unless`. */
  readonly shy?: { readonly unless?: RegExp };
}

const list = (text: string): readonly string[] => (text === '' ? [] : text.split(' '));

const server = (flags: string, variables = ''): Server => ({ flags: list(flags), variables: list(variables) });
const shy = (flags: string, variables: string, unless?: RegExp): Server => ({
  ...server(flags, variables),
  shy: unless === undefined ? {} : { unless },
});

/** By name; with a subcommand where only that serves. */
const servers: ReadonlyMap<string, Server> = new Map([
  ['uvicorn', shy('--host', 'UVICORN_HOST', /^--(?:uds|fd|env-file)\b/)],
  ['gunicorn', server('--bind -b')],
  ['hypercorn', shy('--bind -b', '', /^(?:-c|--config|--fd|--quic-bind|--insecure-bind)\b/)],
  ['daphne', shy('-b --bind', '', /^(?:-u|-e|--fd|--endpoint|--unix-socket)\b/)],
  ['granian', shy('--host', 'GRANIAN_HOST', /^--uds\b/)],
  ['flask run', shy('--host -h', 'FLASK_RUN_HOST')],
  ['fastapi run', server('--host')],
  ['fastapi dev', shy('--host', '')],
  ['litestar run', shy('--host -H', 'LITESTAR_HOST', /^(?:-U|--uds|-F|--fd)\b/)],
  ['mlflow server', shy('--host -h', 'MLFLOW_HOST')],
  ['mlflow ui', shy('--host -h', 'MLFLOW_HOST')],
  ['tensorboard', shy('--host', '', /^--bind_all\b/)],
  ['hugo server', shy('--bind', '')],
  ['hugo serve', shy('--bind', '')],
  ['streamlit run', server('--server.address', 'STREAMLIT_SERVER_ADDRESS')],
  ['waitress-serve', server('--host --listen')],
  ['next start', server('-H --hostname')],
  ['next dev', server('-H --hostname')],
  ['nuxt preview', server('--host')],
  ['vite', server('--host')],
  ['astro', server('--host')],
  ['ng serve', server('--host')],
  ['http-server', server('-a')],
  ['json-server', server('--host -H')],
  ['rails server', server('-b --binding', 'BINDING')],
  ['rails s', server('-b --binding', 'BINDING')],
  ['puma', server('-b --bind')],
  ['jekyll serve', server('--host -H')],
  ['mkdocs serve', server('-a --dev-addr')],
  ['jupyter', server('--ip')],
  ['php', server('-S')],
]);

const carriers: ReadonlySet<string> = new Set(
  'npx bunx pnpx uv poetry pipenv pdm bundle run exec -m python python3 dlx --'.split(' '),
);

/** `127.0.0.1`, `localhost:3000`, `http://localhost:5000`, `tcp://127.0.0.1:3000`, `[::1]:80`. */
export const isLoopback = (text: string): boolean =>
  /^(?:\w+:\/\/)?(?:127(?:\.\d{1,3}){3}|localhost|\[::1\]|::1)(?::\d*)?\/?$/i.test(text);

/** Variables that say nothing else but where a server listens, whatever the server is. */
const bindVariables =
  /^(?:(?:[A-Z0-9]+_)*(?:BIND|LISTEN)(?:_(?:ADDR|ADDRESS|HOST|IP|INTERFACE))?|NITRO_HOST|UVICORN_HOST|FLASK_RUN_HOST|STREAMLIT_SERVER_ADDRESS|GRADIO_SERVER_NAME|ROCKET_ADDRESS|QUARKUS_HTTP_HOST|MICRONAUT_SERVER_HOST|ASPNETCORE_URLS)$/;

/** Whether a variable of this name says where the server of these words listens. */
export function saysWhereToListen(variable: string, written: Words): boolean {
  if (bindVariables.test(variable)) return true;
  const words = written.filter((word) => word !== undefined);
  if (variable === 'SERVER_ADDRESS') return /(?:^|\/)java$/.test(words[0] ?? '');
  // Nitro, SvelteKit's and Astro's servers for Node.js.
  if (variable === 'HOST')
    return words.some((word) => /(?:^|\/)(?:\.output\/server\/index\.mjs|dist\/server\/entry\.mjs)$/.test(word));
  return serverOf(written)?.server.variables.includes(variable) === true;
}

/** What keeps the server of these words from being reached; `variable` tells the value of one, undefined when it is not known. */
export function loopbackCause(
  written: Words,
  variable: (name: string) => string | null | undefined,
): LoopbackCause | undefined {
  const found = serverOf(written);
  if (found === undefined || found.rest.includes(undefined)) return undefined;
  const { server: known, rest } = found;
  const named = addressIn(rest, known.flags);
  if (named !== undefined) return isLoopback(named.address) ? { by: 'flag', word: named.word } : undefined;
  if (rest.includes('runserver')) return runserverCause(rest);
  for (const name of known.variables) {
    const value = variable(name);
    if (value === undefined) return undefined;
    if (value !== null) return isLoopback(value) ? { by: 'variable', name } : undefined;
  }
  const { unless } = known.shy ?? {};
  if (known.shy === undefined || rest.some((word) => unless?.test(word ?? '') === true)) return undefined;
  return { by: 'default', server: found.name, flag: known.flags[0] ?? '' };
}

interface FoundServer {
  readonly name: string;
  readonly server: Server;
  readonly rest: Words;
}

function serverOf(written: Words): FoundServer | undefined {
  for (const [at, word] of written.entries()) {
    if (word === undefined) return undefined;
    const name = word.slice(word.lastIndexOf('/') + 1);
    if (name === 'manage.py' || name === 'django-admin')
      return written[at + 1] === 'runserver' ? { name, server: server(''), rest: written.slice(at + 1) } : undefined;
    const rest = written.slice(at + 1);
    const found = servers.get(`${name} ${rest.find((each) => each?.startsWith('-') === false)}`) ?? servers.get(name);
    if (found !== undefined) return { name, server: found, rest };
    if (!carriers.has(name) && !/^(?:python[\d.]*|tini|dumb-init)$/.test(name)) return undefined;
  }
  return undefined;
}

function addressIn(
  rest: Words,
  flags: readonly string[],
): { readonly address: string; readonly word: string } | undefined {
  for (const [at, word = ''] of rest.entries()) {
    const [flag = word, value] = word.startsWith('--') ? word.split(/=(.*)/s) : [word];
    if (!flags.includes(flag)) continue;
    const address = value ?? rest[at + 1] ?? '';
    return { address, word: value === undefined ? address : word };
  }
  return undefined;
}

/** `runserver`, `runserver 8000`: for this host only; `runserver 0.0.0.0:8000`, `runserver 0:8000` are not. */
function runserverCause(rest: Words): LoopbackCause | undefined {
  const address = rest.slice(1).find((word) => word?.startsWith('-') === false);
  if (address === undefined || /^\d+$/.test(address))
    return { by: 'default', server: 'runserver', flag: '0.0.0.0:8000' };
  return isLoopback(address) ? { by: 'flag', word: address } : undefined;
}
