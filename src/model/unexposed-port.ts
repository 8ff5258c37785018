/** The port that a container's server listens on, against those that its image says it serves. */
import { baseImageConfig, portNamedIn } from '../knowledge/index.ts';
import type { Build, Located, Stage, Value } from './build.ts';
import { isOpenBase } from './image-state.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';
import { scriptBehind } from './manifest-script.ts';
import { chainOf } from './query.ts';

export interface UnexposedPort {
  readonly target: Stage;
  readonly port: number;
  /** The EXPOSE words, none of which names it. */
  readonly exposed: readonly (Located & { readonly port: string })[];
  /** What says that the server listens there: a flag of the command, or the variable PORT. */
  readonly said: Located;
  readonly by: 'command' | 'variable';
  readonly command: LaunchedCommand;
}

/** Servers that take their ports from configuration files, and programs that start several others. */
const configured =
  /^(?:nginx|openresty|httpd|apache2|apache2-foreground|apachectl|haproxy|caddy|traefik|envoy|varnishd|supervisord|pm2|pm2-runtime|s6-svscan|runsvdir|foreman|honcho|overmind|concurrently|npm-run-all|run-p|java|dotnet|catalina\.sh|php-fpm|frankenphp|docker-compose)$/;

/** Ship targets whose server listens on one port while EXPOSE names only others. */
export function* unexposedPorts(build: Build): Iterable<UnexposedPort> {
  for (const target of build.targets) {
    const exposed = exposedBy(target);
    if (exposed === undefined || exposed.length === 0) continue;
    const command = onlyServer(target);
    if (command === undefined) continue;
    const script = scriptBehind(command, target, build);
    const named = portNamedIn(command.words);
    if (named.kind === 'hidden' || (typeof script === 'string' && namesPort(script))) continue;
    const variable = command.sets.has('PORT') ? undefined : target.result.env.get('PORT');
    const port = named.kind === 'named' ? named.port : portOf(variable);
    const said = named.kind === 'named' ? command : variable;
    if (port === undefined || said === undefined || exposed.some((each) => each.port === `${port}/tcp`)) continue;
    yield { target, port, exposed, said, by: named.kind === 'named' ? 'command' : 'variable', command };
  }
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
  const name = word?.slice(word.lastIndexOf('/') + 1);
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
