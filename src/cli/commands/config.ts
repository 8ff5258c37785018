/** `dflint config [FILE]`: what applies to a Dockerfile, and where each value comes from. */
import { statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { rules } from '../../../rules/index.ts';
import type { AppliedConfig, Sourced } from '../../config/layers.ts';
import type { ConfigReport, SettingReport } from '../../report/answers.ts';
import { harmless, harmlessJson, harmlessProse } from '../../report/harmless.ts';
import { type FileConfig, openConfigs } from '../config-file.ts';
import { failureLine } from '../failure-line.ts';
import { type Options, parseArguments } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';

type Entry = SettingReport;
type Origin = Entry['from'];

const notes = `
Takes the options of dflint itself, --format text and --format json among them:
what they say goes before what configurations say.

Examples:
  dflint config web/Dockerfile
  dflint config --format json --preset strict Dockerfile

Exit status:
  0  printed
  2  wrong usage, or a mistake in a configuration`;

export async function configCommand(argv: readonly string[], world: Surroundings): Promise<0 | 2> {
  const parsed = await parseArguments(argv, world.version, world, {
    name: 'dflint config',
    says: 'Print what applies to a Dockerfile, and where each value comes from.',
    paths: 'the Dockerfile, which need not be there yet (default: Dockerfile)',
    notes,
  });
  if ('exit' in parsed) return parsed.exit;
  const { options } = parsed;
  const [format] = options.formats;
  const [path = '.', another] = options.paths;
  if (another !== undefined) return refuse('name one Dockerfile', world);
  if (options.formats.length !== 1 || format?.file !== undefined || !['text', 'json'].includes(format?.name ?? ''))
    return refuse('dflint config prints --format text or --format json', world);
  const location = locationOf(path, world.cwd);
  const configs = openConfigs(options, world);
  const config = await configs.configOf({ location });
  for (const notice of config.loaded.notices) world.err(`dflint: ${harmlessProse(notice)}\n`);
  for (const fault of configs.faults) world.err(failureLine(fault));
  const shown = (absolute: string): string => (relative(world.cwd, absolute) || absolute).replaceAll('\\', '/');
  const entries = [...entriesOf(config, options, shown)];
  const files = [...new Set(config.loaded.files.map(shown))];
  world.out(
    format?.name === 'json' ? jsonText(shown(location), files, entries) : plainText(shown(location), files, entries),
  );
  return configs.faults.length > 0 ? 2 : 0;
}

function refuse(message: string, world: Surroundings): 2 {
  world.err(`dflint: ${message}\nSee dflint config --help.\n`);
  return 2;
}

function locationOf(path: string, cwd: string): string {
  const location = resolve(cwd, path);
  try {
    return statSync(location, { throwIfNoEntry: false })?.isDirectory() ? join(location, 'Dockerfile') : location;
  } catch {
    return location;
  }
}

function* entriesOf(
  { applied, loaded }: FileConfig,
  options: Options,
  shown: (path: string) => string,
): Iterable<Entry> {
  const given = (name: string, value: unknown): Entry => ({ name, value, from: 'command line' });
  const said = <Value>(name: string, sourced: Sourced<Value> | undefined, otherwise: unknown): Entry =>
    sourced === undefined
      ? { name, value: otherwise, from: 'default' }
      : { name, value: sourced.value, from: sourced.from };
  const { presets, targets, context, failOn, minConfidence, ignoreComments, requireReason, shellcheck } = applied;
  yield options.presets.length > 0 ? given('presets', options.presets) : said('presets', presets, ['recommended']);
  yield options.failOn === undefined ? said('failOn', failOn, 'warning') : given('failOn', options.failOn);
  yield options.minConfidence === undefined
    ? said('minConfidence', minConfidence, 'likely')
    : given('minConfidence', options.minConfidence);
  yield options.ignoreComments ? said('ignoreComments', ignoreComments, true) : given('ignoreComments', false);
  yield said('requireReason', requireReason, false);
  yield options.shellcheck === undefined
    ? said('shellcheck', shellcheck, 'auto')
    : given('shellcheck', typeof options.shellcheck === 'string' ? options.shellcheck : options.shellcheck.path);
  yield options.target.length > 0 ? given('targets', options.target) : said('targets', targets, null);
  yield options.context === undefined
    ? said('context', context && { ...context, value: shown(context.value) }, null)
    : given('context', options.context);
  for (const { patterns, from } of loaded.excluded) yield { name: 'exclude', value: patterns, from };
  yield options.baseline === undefined
    ? said('baseline', loaded.baseline && { ...loaded.baseline, value: shown(loaded.baseline.value) }, null)
    : given('baseline', options.baseline === false ? null : options.baseline);
  yield* argumentEntries(applied, options);
  yield* ruleEntries(applied, options);
}

function* argumentEntries({ buildArgs }: AppliedConfig, { buildArg }: Options): Iterable<Entry> {
  const entries = new Map<string, Entry>();
  for (const [name, { value, from }] of buildArgs) entries.set(name, { name: `buildArgs.${name}`, value, from });
  for (const each of buildArg) {
    const at = each.indexOf('=');
    const name = at === -1 ? each : each.slice(0, at);
    // Null is the value of the environment, as in a configuration.
    const value = at === -1 ? null : each.slice(at + 1);
    entries.set(name, { name: `buildArgs.${name}`, value, from: 'command line' });
  }
  yield* [...entries.values()].sort(byName);
}

function* ruleEntries({ rules: sayings }: AppliedConfig, { settings }: Options): Iterable<Entry> {
  const entries = new Map<string, Entry>();
  for (const [name, { setting, options }] of sayings) {
    const value = options === undefined ? setting.value : [setting.value, options.value];
    entries.set(name, { name: `rules.${name}`, value, from: setting.from });
  }
  for (const [name, setting] of settings) {
    for (const code of rules.find(({ id }) => id === name)?.replaces ?? [])
      if (!settings.has(code)) entries.delete(code);
    const options = sayings.get(name)?.options;
    const value = options === undefined ? setting : [setting, options.value];
    entries.set(name, { name: `rules.${name}`, value, from: 'command line' });
  }
  yield* [...entries.values()].sort(byName);
}

const byName = (one: Entry, other: Entry): number => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0);

const placeOf = (from: Origin): string =>
  typeof from === 'string' ? from : `${from.path}:${from.line}:${from.column}`;

/** What stands for a value that is looked for when none is given. */
const lookedFor: ReadonlyMap<string, string> = new Map([
  ['targets', 'what compose, bake and CI files build, else the final stage'],
  ['context', 'what compose and bake files say, else found'],
  ['baseline', 'none'],
]);

function plainText(file: string, files: readonly string[], entries: readonly Entry[]): string {
  const rows = entries.map(({ name, value, from }): readonly [string, string, string] => [
    harmless(name),
    value === null && name.startsWith('buildArgs.')
      ? 'that of the environment'
      : value === null
        ? (lookedFor.get(name) ?? '')
        : harmless(
            typeof value === 'string'
              ? value
              : Array.isArray(value) && isTexts(value)
                ? value.join(', ')
                : JSON.stringify(value),
          ),
    harmless(placeOf(from)),
  ]);
  const [first, second] = [0, 1].map((column) =>
    Math.min(64, Math.max(...rows.map((row) => row[column]?.length ?? 0))),
  );
  const lines = rows.map(
    ([name, value, from]) => `  ${name.padEnd(first ?? 0)}  ${value.padEnd(second ?? 0)}  ${from}`,
  );
  const read = files.length === 0 ? 'no configuration applies' : `from ${files.map(harmless).join(', ')}`;
  return `${harmless(file)}: ${read}\n${lines.join('\n')}\n`;
}

const isTexts = (value: readonly unknown[]): boolean =>
  value.length > 0 && value.every((each) => typeof each === 'string');

function jsonText(file: string, files: readonly string[], settings: readonly Entry[]): string {
  const report: ConfigReport = { version: 1, file, files, settings };
  return `${harmlessJson(JSON.stringify(report, undefined, 2))}\n`;
}
