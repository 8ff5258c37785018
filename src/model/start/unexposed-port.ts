/** The port that a container's server listens on, against those that EXPOSE and HEALTHCHECK name. */

import { baseImageConfig, portAskedBy, portNamedIn } from '../../knowledge/index.ts';
import type { Build, FileStat, Located, Stage, Value } from '../build.ts';
import { baseName } from '../files/path.ts';
import { systemPackages } from '../installs/system-packages.ts';
import { chainOf } from '../query.ts';
import { isOpenBase } from '../state/image-state.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';
import { scriptBehind } from './manifest-script.ts';
import { programPlaces } from './program-places.ts';

export interface ServedPort {
  readonly port: number;
  /** What says that the server listens there: a flag of the command, or the variable PORT. */
  readonly said: Located;
  readonly by: 'command' | 'variable';
  readonly command: LaunchedCommand;
}

export interface UnexposedPort extends ServedPort {
  readonly target: Stage;
  /** The EXPOSE words, none of which names it. */
  readonly exposed: readonly (Located & { readonly port: string })[];
}

/** Servers that take their ports from configuration files, and programs that start several others. */
const configured =
  /^(?:nginx|openresty|httpd|apache2|apache2-foreground|apachectl|haproxy|caddy|traefik|envoy|varnishd|supervisord|pm2|pm2-runtime|s6-svscan|runsvdir|foreman|honcho|overmind|concurrently|npm-run-all|run-p|java|dotnet|catalina\.sh|php-fpm|frankenphp|docker-compose)$/;

/** Ship targets whose server listens on one port while EXPOSE names only others. */
export function* unexposedPorts(build: Build): Iterable<UnexposedPort> {
  for (const target of build.targets) {
    const exposed = exposedBy(target);
    if (exposed === undefined || exposed.length === 0) continue;
    const served = servedPort(target, build);
    if (served === undefined || exposed.some((each) => each.port === `${served.port}/tcp`)) continue;
    if (served.by === 'variable' && bringsProxy(target)) continue;
    yield { target, exposed, ...served };
  }
}

const proxies = ['nginx', 'caddy', 'haproxy', 'traefik', 'envoy', 'apache2', 'httpd'];

/** Someone has put a server into the image that may have the exposed ports, and hand on to the one that reads PORT. */
const bringsProxy = (target: Stage): boolean =>
  proxies.some((name) => programPlaces(name, target).some((path) => isAdded(target.result.rootfs.stat(path)))) ||
  systemPackages(target).some(({ name, presence }) => presence !== 'absent' && proxies.includes(name));

const isAdded = ({ change }: FileStat): boolean => change?.kind === 'addition';

export interface ProbedPort {
  readonly target: Stage;
  readonly served: ServedPort;
  readonly healthcheck: Located;
  readonly port: number;
}

/** Ship targets whose HEALTHCHECK asks a port that neither the server listens on nor anything else names. */
export function* probedPorts(build: Build): Iterable<ProbedPort> {
  for (const target of build.targets) {
    const { healthcheck, exposedPorts, env } = target.result;
    if (healthcheck === undefined || healthcheck.command === 'none') continue;
    const { exec, form, line } = healthcheck.command;
    const port = portAskedBy(form === 'exec' ? exec.map(({ text }) => text ?? '').join(' ') : line.text);
    const served = port === undefined ? undefined : servedPort(target, build);
    if (port === undefined || served === undefined || served.port === port || exposedPorts.has(`${port}/tcp`)) continue;
    const own = [...env.values()].filter(({ via }) => via !== 'image');
    if (!own.some(({ text }) => text === undefined || text.includes(`${port}`)))
      yield { target, served, healthcheck, port };
  }
}

/** The port that the server of a ship target listens on, where the command or PORT says so. */
function servedPort(target: Stage, build: Build): ServedPort | undefined {
  const command = onlyServer(target);
  if (command === undefined) return undefined;
  const script = scriptBehind(command, target, build);
  const named = portNamedIn(command.words);
  if (named.kind === 'hidden' || (typeof script === 'string' && namesPort(script))) return undefined;
  if (named.kind === 'named') return { port: named.port, said: command, by: 'command', command };
  const variable = command.sets.has('PORT') ? undefined : target.result.env.get('PORT');
  const port = portOf(variable);
  return port === undefined || variable === undefined ? undefined : { port, said: variable, by: 'variable', command };
}

/** A script that has a word on ports of its own. */
const namesPort = (script: string): boolean =>
  /\bPORT=|(?:^|\s)(?:-p|--?\w*port|--listen|-l)(?:[\s=\d]|$)/i.test(script);

/** The last command, when neither it nor one before it takes its ports from elsewhere. */
function onlyServer(target: Stage): LaunchedCommand | undefined {
  const launch = launchOf(target);
  const commands = launch === undefined || launch.entrypoint === 'script' ? [] : launch.commands;
  const server = commands.at(-1);
  return server?.runs === 'always' && !commands.some(takesPortElsewhere) ? server : undefined;
}

const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash']);

function takesPortElsewhere({ words: [word] }: LaunchedCommand): boolean {
  const name = word === undefined ? undefined : baseName(word);
  return name === undefined || configured.test(name) || shells.has(name) || /\.(?:sh|bash)$|entrypoint/.test(name);
}

/** What EXPOSE names; undefined when not all of it is known. */
function exposedBy(target: Stage): UnexposedPort['exposed'] | undefined {
  const root = chainOf(target)[0]?.base;
  if (root === undefined || isOpenBase(root)) return undefined;
  const config = root.kind === 'image' ? baseImageConfig(root.reference.familiar, root.reference.tag) : undefined;
  if ((config?.exposedPorts ?? []).length > 0) return undefined;
  const exposed = [...target.result.exposedPorts].map(([port, { span }]) => ({ port, span }));
  return exposed.every(({ port }) => /^\d+\/\w+$/.test(port)) ? exposed : undefined;
}

function portOf(variable: Value | undefined): number | undefined {
  const text = variable?.text ?? '';
  return variable?.via === 'ENV' && /^\d{2,5}$/.test(text) ? Number(text) : undefined;
}
