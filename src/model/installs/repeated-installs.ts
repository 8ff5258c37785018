/** Installs that do again what one above has done, with nothing between that makes use of it or adds to it. */
import { isBystander } from '../../knowledge/index.ts';
import type { Build, Command, Install, Step } from '../build.ts';
import { perStageAlone } from '../per-stage.ts';

export interface RepeatedInstall {
  readonly command: Command;
  readonly earlier: Command;
  /** `deletes`: it takes away what the earlier one has made, and makes it anew; `nothing-new`: it finds all of it there. */
  readonly outcome: 'deletes' | 'nothing-new';
}

interface Done {
  readonly install: Install;
  /** Something has come in since that may ask for other packages. */
  touched: boolean;
}

/** One for each earlier install; both certainly run, in the same folder. */
export const repeatedInstalls: (build: Build) => readonly RepeatedInstall[] = perStageAlone<RepeatedInstall>(
  function* ({ steps }) {
    const done = new Map<string, Done>();
    for (const step of steps) {
      if (mayAskForMore(step)) for (const each of done.values()) each.touched = true;
      for (const command of step.commands) {
        const install = command.install === undefined ? undefined : ofProject(command.install);
        if (install === undefined) {
          if (!usesNoPackages(command)) done.clear();
          continue;
        }
        const key = `${install.manager} ${install.directory}`;
        const earlier = done.get(key);
        const outcome = earlier === undefined ? undefined : outcomeOf(install, earlier);
        if (earlier !== undefined && outcome !== undefined)
          yield { command, earlier: earlier.install.command, outcome };
        done.set(key, { install, touched: false });
      }
    }
  },
);

/** An install of all that the manifest of a folder names, every word of which is known. */
function ofProject(install: Install): Install | undefined {
  const { node, directory, adds, command } = install;
  const call = command.invocation;
  if (!node || directory === undefined || adds.length > 0 || command.runs !== 'always') return undefined;
  if (call === undefined || call.operation !== 'install' || call.global || call.noTree || call.uncertain)
    return undefined;
  return call.workspaces.length === 0 ? install : undefined;
}

function outcomeOf(install: Install, { install: earlier, touched }: Done): RepeatedInstall['outcome'] | undefined {
  // What is made without a lockfile may be the lockfile.
  if (!earlier.needsLockfile && earlier.lockfile !== 'present') return undefined;
  if (install.manager === 'npm' && install.needsLockfile) return 'deletes';
  const isSame = install.development !== 'unknown' && install.development === earlier.development;
  return isSame && !touched && sameFlags(install.command, earlier.command) ? 'nothing-new' : undefined;
}

/**
 * Flags that change what is said, how it is fetched or what is checked, and not what is installed; whether development
 * packages are, with which flag ever, is compared by itself.
 */
const withoutEffect =
  /^--?(?:production(?:=true)?|prod|omit=dev|only=prod(?:uction)?|frozen-lockfile|immutable|silent|quiet|s|q|verbose|no-audit|audit=false|no-fund|fund=false|prefer-offline|no-progress|progress=false|loglevel=.*|network-.*)$/;

const flagsOf = ({ arguments: words }: Command): readonly string[] =>
  words.flatMap((word) => (word?.startsWith('-') === true && !withoutEffect.test(word) ? [word] : [])).sort();

const sameFlags = (one: Command, other: Command): boolean => flagsOf(one).join(' ') === flagsOf(other).join(' ');

/** Files, or a setting of the package manager. */
const mayAskForMore = ({ instruction: { keyword }, commands }: Step): boolean =>
  keyword === 'COPY' ||
  keyword === 'ADD' ||
  keyword === 'ENV' ||
  keyword === 'ARG' ||
  keyword === 'ONBUILD' ||
  commands.some(({ invocation }) => invocation?.subcommand === 'config' || invocation?.subcommand === 'set');

/** It neither reads nor changes what is installed; its own words are told by `mayAskForMore`. */
const usesNoPackages = ({ name, invocation, arguments: words }: Command): boolean =>
  invocation === undefined
    ? isBystander(name) || name === 'mkdir' || name === 'node-gyp'
    : /^(?:cache|config|set|-v|--version)$/.test(invocation.subcommand) || words[0] === '--version';
