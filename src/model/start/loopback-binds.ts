/** Servers that listen on the loopback address of their container, where nobody reaches them. */
import { isLoopback, loopbackCause, saysWhereToListen } from '../../knowledge/index.ts';
import type { Build, Located, Stage, StartCommand } from '../build.ts';
import { baseName } from '../files/path.ts';
import { systemPackages } from '../installs/system-packages.ts';
import { standaloneApps } from '../shipped/next-standalone.ts';
import { launchOf } from './launch.ts';
import { type StartedCommand, startedCommands } from './started-commands.ts';

export interface LoopbackBind extends Located {
  readonly target: Stage;
  /** The address or the assignment that says so; the server that has this address by itself. */
  readonly said: string;
  readonly by: 'flag' | 'variable' | 'default';
  /** The flag that would name another address. */
  readonly flag?: string;
  /** What starts the server, where the address is said elsewhere. */
  readonly start: Located;
}

/** What takes connections from outside and hands them on within the container. */
const proxies =
  /^(?:nginx|haproxy|caddy|apache2|apache2-foreground|httpd|traefik|envoy|varnishd?|socat|supervisor|supervisord|s6|runit|tor|cloudflared|ngrok|tailscaled?)$/;

export function* loopbackBinds(build: Build): Iterable<LoopbackBind> {
  for (const target of build.targets) {
    const server = onlyServer(target, build);
    if (server !== undefined) yield* bindsOf(server, target, build);
  }
}

function* bindsOf(server: StartedCommand, target: Stage, build: Build): Iterable<LoopbackBind> {
  const { words, launched } = server;
  const { env } = target.result;
  const given = (name: string): string | null | undefined =>
    launched.sets.has(name) ? undefined : env.has(name) ? env.get(name)?.text : null;
  const cause = loopbackCause(words, given);
  const common = { target, start: launched };
  if (cause?.by === 'flag')
    yield { ...common, ...(placeOf(cause.word, target) ?? launched), said: cause.word, by: 'flag' };
  if (cause?.by === 'default')
    yield { ...common, span: launched.span, said: cause.server, by: 'default', flag: cause.flag };
  if (cause !== undefined && cause.by !== 'variable') return;
  for (const [name, value] of env) {
    const { text, span, via } = value;
    if (via !== 'ENV' || text === undefined || !isLoopback(text) || launched.sets.has(name)) continue;
    const isRead = name === 'HOSTNAME' ? startsStandalone(server, target, build) : saysWhereToListen(name, words);
    if (isRead && !words.some(isElsewhere)) yield { ...common, span, said: `${name}=${text}`, by: 'variable' };
  }
}

/** The command that the container stays in, when no other one of it takes connections. */
function onlyServer(target: Stage, build: Build): StartedCommand | undefined {
  const { entrypoint, cmd } = target.result;
  if ((entrypoint ?? cmd) === undefined || launchOf(target)?.entrypoint === 'script') return undefined;
  // What AWS Lambda puts beside the program hands its requests on within the container, and so does a watchdog.
  if (target.result.rootfs.under('/opt/extensions').length > 0) return undefined;
  const commands = startedCommands(target, build);
  const server = commands.at(-1);
  if (
    server?.runs !== 'always' ||
    server.launched.startedBy !== undefined ||
    commands.some(({ words }) => isProxy(words[0]))
  )
    return undefined;
  return systemPackages(target).some(({ name, presence }) => presence !== 'absent' && proxies.test(name))
    ? undefined
    : server;
}

const isProxy = (word: string | undefined): boolean =>
  word === undefined ||
  proxies.test(baseName(word)) ||
  /^(?:ba|da|a)?sh$|entrypoint|\.(?:sh|bash)$/.test(baseName(word));

/** An address for all of the network. */
const isElsewhere = (word: string | undefined): boolean =>
  word === undefined || /(?:^|[=/@])(?:0\.0\.0\.0|\[?::\]?)(?::|$)/.test(word);

/** The server that Next.js writes reads HOSTNAME. */
function startsStandalone({ words, workdir }: StartedCommand, target: Stage, build: Build): boolean {
  const [program, script, ...others] = words;
  return (
    program !== undefined &&
    baseName(program) === 'node' &&
    script !== undefined &&
    baseName(script) === 'server.js' &&
    others.length === 0 &&
    workdir !== undefined &&
    [...standaloneApps(build)].some((app) => app.target === target)
  );
}

/** Where a word of the start is written. */
function placeOf(word: string, { result }: Stage): Located | undefined {
  for (const start of [result.cmd, result.entrypoint]) {
    const found = start === undefined ? undefined : wordIn(start, word);
    if (found !== undefined) return { span: found.span };
  }
  return undefined;
}

const wordIn = ({ instruction, script }: StartCommand, word: string): Located | undefined =>
  instruction.form === 'exec' && instruction.exec.some(({ text }) => text === word)
    ? instruction.exec.find(({ text }) => text === word)
    : script.commands.flatMap(({ effective }) => effective).find(({ text }) => text === word);
