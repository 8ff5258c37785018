/** Installs of apt that bring what the packages recommend, too. */
import { aptSettings, namesPackages, type RecommendingInstall, refusesRecommended } from '../../knowledge/index.ts';
import type { Build, Command, Located, Span, Step } from '../build.ts';
import { recommendingInstallOf } from '../run/command-calls.ts';
import { writtenCommands } from '../run/written-commands.ts';
import { settingsAt } from './manager-settings.ts';

export interface RecommendedPackages extends RecommendingInstall {
  readonly command: Command;
  /** The word `install`. */
  readonly at: Located;
}

/** Each install that no flag and no setting keeps from it, once. */
export function* recommendedPackages(build: Build): Iterable<RecommendedPackages> {
  const seen = new Set<Span>();
  const configured = new Map<Step, boolean>();
  for (const command of writtenCommands(build)) {
    const install = recommendingInstallOf(command);
    if (install === undefined || seen.has(command.span) || mayHoldFlags(command)) continue;
    const says = configured.get(command.step) ?? isConfigured(command, build);
    configured.set(command.step, says);
    if (says) continue;
    seen.add(command.span);
    const at = command.shell.words.find(({ text }) => text === 'install') ?? command;
    yield { ...install, command, at };
  }
}

/** A word that is not known, and neither by its place nor by its name a list of packages. */
function mayHoldFlags({ arguments: words, shell }: Command): boolean {
  if (!words.includes(undefined)) return false;
  const verb = shell.effective.findIndex(({ text }) => text === 'install');
  return shell.effective.some(({ text, parts: [first] }, at) => {
    if (text !== undefined || first?.kind !== 'parameter') return false;
    return at < verb || !(first.quoted || namesPackages(first.name));
  });
}

/** A file of apt's settings says no, or may do so. */
const isConfigured = (command: Command, build: Build): boolean =>
  command.step.before.env.has('APT_CONFIG') ||
  settingsAt(aptSettings, command, build).some((text) => text === undefined || refusesRecommended(text));
