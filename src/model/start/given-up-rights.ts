/** Starts as root that give the rights up for the program that they run. */
import { isPrivilegeDropper } from '../../knowledge/index.ts';
import type { ShellCommand } from '../../syntax/index.ts';
import type { Build, Command, Stage } from '../build.ts';
import { baseName } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { launchOf } from './launch.ts';
import { scriptOf, startedScript } from './start-script.ts';

const lastPart = (word: string | undefined): string | undefined => (word === undefined ? undefined : baseName(word));

/** The first process of a whole system, which starts its services as their own accounts. */
const systemInit = /^(?:\/usr)?\/s?bin\/init$|\/systemd$/;

/** The option with which a program is told whose rights to take. */
const accountOptions: ReadonlyMap<string, RegExp> = new Map([
  ['sudo', /^(?:-[A-Za-z]*u|--user)/],
  ['doas', /^-u/],
  ['start-stop-daemon', /^(?:-c|--chuid)/],
  ['chroot', /^--userspec/],
]);

/** `su app -c …`, `sudo -u app …`. */
function switchesUser([program, ...rest]: readonly (string | undefined)[]): boolean {
  const name = lastPart(program);
  const option = accountOptions.get(name ?? '');
  if (option !== undefined) return rest.some((word) => option.test(word ?? '')) && !rest.includes('root');
  if (name !== 'su') return false;
  const script = rest.findIndex((word) => /^(?:-[a-z]*c|--command)/.test(word ?? ''));
  const shell = rest.findIndex((word) => word === '-s' || word === '--shell');
  const values = new Set([script, shell].filter((at) => at !== -1).map((at) => at + 1));
  const account = rest.find((word, at) => word !== undefined && !word.startsWith('-') && !values.has(at));
  return account !== undefined && account !== 'root' && account !== '0';
}

/** Whether the container starts as root on purpose and gives the rights up: gosu and its kin, s6, systemd, PUID images. */
export function dropsPrivileges(stage: Stage, build: Build): boolean {
  const { entrypoint, cmd, env } = stage.result;
  const chain = chainOf(stage);
  const base = chain[0]?.base;
  const facts = base?.kind === 'image' ? base.facts : undefined;
  if (facts?.dropsPrivileges === true && entrypoint === undefined) return true;
  const starts = [...(entrypoint?.words ?? []), ...(cmd?.words ?? [])].map(lastPart);
  if (starts.some((word) => isPrivilegeDropper(word)) || entrypoint?.words[0] === '/init') return true;
  if (systemInit.test((entrypoint ?? cmd)?.words[0] ?? '')) return true;
  if (env.has('PUID') || env.has('PGID')) return true;
  return startGivesUp(stage, build) || chain.some((each) => each.steps.some(({ commands }) => commands.some(brings)));
}

/** A command that names such a program, as one that installs it does. */
const brings = (command: Command): boolean => command.arguments.some((word) => isPrivilegeDropper(lastPart(word)));

/** What it starts at last runs as another account, or a start script of the project runs it so. */
function startGivesUp(stage: Stage, build: Build): boolean {
  const { entrypoint, cmd } = stage.result;
  if ((entrypoint ?? cmd)?.script.commands.some(handsOver) === true) return true;
  return (
    launchOf(stage)?.commands.some((command) => {
      const text = startedScript(command, stage, build)?.text;
      return text !== undefined && scriptOf(text).commands.some(handsOver);
    }) === true
  );
}

/** `exec gosu app "$@"`, `set -- gosu app "$@"`; of su and sudo those that the script becomes. */
function handsOver({ words }: ShellCommand, at: number, all: readonly ShellCommand[]): boolean {
  const texts = words.map((word) => word.text);
  if (texts.some((word) => isPrivilegeDropper(lastPart(word)))) return true;
  const becomes = texts[0] === 'exec';
  return (becomes || at === all.length - 1) && switchesUser(becomes ? texts.slice(1) : texts);
}
