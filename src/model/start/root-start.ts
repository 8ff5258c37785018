/** What the containers of a ship target do as root, where they start as root. */
import {
  givesAccounts,
  isContainerEngine,
  isHostTool,
  isLanguageRuntime,
  isPrompt,
  serverMaster,
  supervisorCall,
} from '../../knowledge/index.ts';
import type { Build, Located, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { resolve } from '../files/path.ts';
import { systemPackages } from '../installs/system-packages.ts';
import { chainOf } from '../query.ts';
import { copiesSource } from '../shipped/ships-application.ts';
import { isLambdaFunction } from './lambda-function.ts';
import { launchOf } from './launch.ts';
import { baseServes } from './serves-by-itself.ts';
import { startingProgram } from './start.ts';
import { scriptCommands } from './start-script.ts';

export type RootStart =
  | { readonly as: 'program' }
  /** Its master process starts as root and gives its workers another user. */
  | { readonly as: 'server'; readonly server: string }
  /** supervisord or cron, which starts programs as the accounts that its configuration names, or may name. */
  | { readonly as: 'supervisor'; readonly program: string }
  /** AWS Lambda runs it as an account of its own, whatever USER says; other services as root. */
  | { readonly as: 'lambda-function' }
  /** An action of GitHub, which has to run as root to reach the files of its workflow. */
  | { readonly as: 'github-action' }
  /** A shell or an interpreter, and no files of the project: an image for other builds, or for use by hand. */
  | { readonly as: 'prompt' }
  /** It starts nothing of its own, and files in it belong to a number: whoever runs it names the command and the user. */
  | { readonly as: 'told-from-outside'; readonly owner: Located & { readonly number: string } }
  /** It holds a container engine or a client of one, whose socket only root may use, or tools for the disks and the network of the host. */
  | { readonly as: 'host-tool'; readonly package: Located & { readonly name: string } };

export function rootStart(build: Build, target: Stage): RootStart {
  const server = serverOf(target, build);
  if (server !== undefined) return { as: 'server', server };
  const program = supervisorOf(build, target);
  if (program !== undefined) return { as: 'supervisor', program };
  if (isLambdaFunction(target)) return { as: 'lambda-function' };
  if (isGitHubAction(build)) return { as: 'github-action' };
  if (isForOthers(build, target)) return { as: 'prompt' };
  const owner = ownerByNumber(target);
  if (owner !== undefined) return { as: 'told-from-outside', owner };
  const tool = systemPackages(target).find(
    ({ name, presence }) => presence === 'present' && (isContainerEngine(name) || isHostTool(name)),
  );
  return tool === undefined ? { as: 'program' } : { as: 'host-tool', package: tool };
}

/** Whether an image starts nothing and holds no application: one to build others on, or to work in by hand. */
export const isForOthers = (build: Build, target: Stage): boolean =>
  startsPrompt(target) && !chainOf(target).some((stage) => copiesSource(build, stage));

function serverOf(target: Stage, build: Build): string | undefined {
  const start = startingProgram(target);
  const [program] = start?.words ?? [];
  const started = program === undefined ? undefined : serverMaster(program);
  if (started !== undefined) return started;
  if (start?.invocation !== undefined || (program !== undefined && isLanguageRuntime(program))) return undefined;
  const base = chainOf(target)[0]?.base;
  const server = base?.kind === 'image' ? base.facts?.server : undefined;
  const mayStartIt = target.result.entrypoint === undefined || isScriptFor(server ?? '', program, target, build);
  return mayStartIt ? server : undefined;
}

/** Whether a start script of the project ends with the server of its image, as such scripts do where nothing is known of them. */
function isScriptFor(server: string, program: string | undefined, target: Stage, build: Build): boolean {
  if (program === undefined || !/\.(?:sh|bash)$|entrypoint/.test(program)) return false;
  const commands = scriptCommands({ words: [program], workdir: target.result.workdir }, target, build);
  return (
    commands.length === 0 || commands.some(({ words: [name] }) => name === undefined || serverMaster(name) === server)
  );
}

/** By the action.yml that names this Dockerfile. */
const isGitHubAction = ({ evidence }: Build): boolean => evidence.calls.some(({ by }) => by === 'action');

/** The number that a copy gives files to, in an image without a start of its own. */
function ownerByNumber(target: Stage): (Located & { readonly number: string }) | undefined {
  const { entrypoint, cmd, user } = target.result;
  if (entrypoint !== undefined || cmd !== undefined || user.setBy === 'instruction') return undefined;
  for (const { instruction } of target.steps.toReversed()) {
    const chown = instruction.keyword === 'COPY' || instruction.keyword === 'ADD' ? instruction.chown : undefined;
    const number = /^[1-9]\d*(?=:|$)/.exec(chown?.text ?? '')?.[0];
    if (chown !== undefined && number !== undefined) return { span: chown.span, number };
  }
  return undefined;
}

function supervisorOf(build: Build, target: Stage): string | undefined {
  const [first] = launchOf(target)?.commands ?? [];
  const name = /(?:^|\/)(crond?)$/.exec(first?.words[0] ?? '')?.[1];
  if (name !== undefined) return name;
  const call = first === undefined ? undefined : supervisorCall(first.words);
  if (call === undefined) return undefined;
  if (call.config === undefined) return 'supervisord';
  const text = textAt(resolve(first?.workdir ?? '/', call.config), target.result.rootfs, build);
  return text === undefined || givesAccounts(text) ? 'supervisord' : undefined;
}

function startsPrompt(target: Stage): boolean {
  const { entrypoint, cmd } = target.result;
  if (entrypoint === undefined && cmd === undefined) return baseServes(target) === 'no';
  const program = startingProgram(target);
  return program !== undefined && isPrompt(program.words);
}
