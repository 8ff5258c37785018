/** Installs that keep to the lockfile. */
import { majorsOf } from '../../knowledge/index.ts';
import type { ShellWord } from '../../syntax/index.ts';
import type { Build, Install } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { baseName, join } from '../files/path.ts';
import type { DriftingInstall } from '../installs/drifting-installs.ts';
import { locksAll } from './fitting-lockfile.ts';
import { behind, type Fix } from './fix.ts';
import { isWrittenOut } from './written.ts';

/** The same install, frozen; undefined unless the lockfile certainly arrives. */
export function frozenInstall(
  build: Build,
  { install, locked, leftBehind, insteadOf }: DriftingInstall,
): Fix | undefined {
  const { command, manager } = install;
  const call = command.invocation;
  if (!locked || leftBehind !== undefined || insteadOf !== undefined || call === undefined) return undefined;
  const unclear = call.manager !== manager || call.uncertain || call.noLockfile || call.noTree || call.global;
  if (unclear || call.frozen === false || command.shell.partial) return undefined;
  const words = command.shell.effective;
  const at = words.findIndex(({ text }) => text !== undefined && baseName(text).split('@')[0] === manager);
  const [tool, subcommand, ...rest] = words.slice(at === -1 ? words.length : at);
  if (tool === undefined || !isWrittenOut(tool, build)) return undefined;
  const options = call.subcommand === '' ? words.slice(at + 1) : rest;
  if (options.some(({ text }) => text === undefined || !text.startsWith('-'))) return undefined;
  const named = call.subcommand === '' ? undefined : subcommand;
  if (call.subcommand !== '' && (named?.text !== call.subcommand || !isWrittenOut(named, build))) return undefined;
  const safety = locksAll(manager, ...filesOf(install, build)) ? 'safe' : 'unsafe';
  if (manager === 'npm') {
    if (named === undefined) return undefined;
    // An option of others, which npm does not know.
    const idle = words.findIndex(({ text }) => text === '--frozen-lockfile');
    const [previous, option] = idle > 0 ? words.slice(idle - 1, idle + 1) : [];
    const { line, column } = named.span;
    const edits =
      previous === named && option !== undefined
        ? [{ at: { ...option.span, line, column }, text: 'ci' }]
        : [
            { at: named.span, text: 'ci' },
            ...(previous === undefined || option === undefined
              ? []
              : [{ at: { ...option.span, line: previous.span.endLine, column: previous.span.endColumn }, text: '' }]),
          ];
    return { says: 'Install with npm ci', safety, edits };
  }
  const option = frozenOption(install, build);
  if (option === undefined) return undefined;
  const says = `Install with ${option}`;
  return { says, safety, edits: [behind((named ?? tool).span, `${named === undefined ? ' install' : ''} ${option}`)] };
}

/** Yarn takes one or the other by its version, which the head of the lockfile tells where nothing else does. */
function frozenOption(install: Install, build: Build): string | undefined {
  if (install.manager !== 'yarn') return '--frozen-lockfile';
  const majors = majorsOf(install.version);
  if (majors?.most === 1) return '--frozen-lockfile';
  if (majors !== undefined && majors.least >= 2) return '--immutable';
  const [, lockfile] = filesOf(install, build);
  if (majors !== undefined || lockfile === undefined) return undefined;
  return lockfile.includes('\n__metadata:') ? '--immutable' : undefined;
}

const lockfileNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['npm', ['npm-shrinkwrap.json', 'package-lock.json']],
  ['yarn', ['yarn.lock']],
]);

/** The text of the manifest and of the lockfile, where they can be read. */
function filesOf(
  { directory, manager, command }: Install,
  build: Build,
): readonly [string | undefined, string | undefined] {
  if (directory === undefined) return [undefined, undefined];
  const read = (name: string): string | undefined => textAt(join(directory, name), command.step.before.rootfs, build);
  const lockfiles = (lockfileNames.get(manager) ?? []).map(read);
  return [read('package.json'), lockfiles.find((text) => text !== undefined)];
}

/** What stands for a call that resolves anew, by its first two words: another subcommand, or an option more. */
const ofLocked: ReadonlyMap<
  string,
  { readonly subcommand?: string; readonly option?: string; readonly keeps: RegExp }
> = new Map([
  [
    'composer update',
    {
      subcommand: 'install',
      keeps:
        /^(?:-n|-[oa]|-v+|--(?:no-(?:dev|interaction|scripts|progress|plugins|autoloader|ansi)|prefer-dist|prefer-source|optimize-autoloader|classmap-authoritative|ignore-platform-reqs?(?:=.*)?))$/,
    },
  ],
  ['uv sync', { option: '--locked', keeps: /^-/ }],
  ['pdm install', { subcommand: 'sync', keeps: /^--(?:prod|production|no-(?:editable|self|isolation)|dev)$/ }],
  ['pipenv install', { subcommand: 'sync', keeps: /^(?:--(?:system|dev)|-d)$/ }],
]);

/** The same for other ecosystems, where the lockfile is there. */
export function installOfLocked(build: Build, install: Install): Fix | undefined {
  const { command, lockfile, adds } = install;
  const [tool, subcommand, ...rest] = command.shell.effective;
  const call = [command.name, subcommand?.text].join(' ');
  const made = ofLocked.get(call);
  if (made === undefined || lockfile !== 'present' || adds.length > 0 || command.shell.partial) return undefined;
  if (tool === undefined || subcommand === undefined || !isWrittenOut(subcommand, build)) return undefined;
  if (rest.some((word) => !isKept(word, made.keeps))) return undefined;
  return made.subcommand === undefined
    ? { says: `Add ${made.option}`, safety: 'unsafe', edits: [behind(subcommand.span, ` ${made.option}`)] }
    : {
        says: `Run ${command.name} ${made.subcommand}`,
        safety: 'unsafe',
        edits: [{ at: subcommand.span, text: made.subcommand }],
      };
}

const isKept = ({ text }: ShellWord, keeps: RegExp): boolean => text !== undefined && keeps.test(text);
