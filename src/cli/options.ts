/** The command line: what may be asked, and what it means. */
import { CommanderError, InvalidArgumentError, Option } from 'commander';
import { confidenceNames, failOnNames } from '../config/choices.ts';
import type { RuleNames } from '../engine/rule-names.ts';
import type { Setting } from '../engine/selection.ts';
import { formatNames } from '../report/formats.ts';
import type { Preset } from '../rule.ts';
import { type AboutCommand, aboutLint } from './about-command.ts';
import { argumentFault, contextFault } from './build-option-faults.ts';
import { addFormat, type FormatChoice, formatsFault } from './format-options.ts';
import { loadRules } from './load-rules.ts';
import { addPreset, addSetting, baselineFile, mayBringRules, shellcheckMode, threadCount } from './option-values.ts';
import { createProgram, readDay, repeatable } from './program.ts';
import type { ShellcheckMode } from './shellcheck-program.ts';
import type { Surroundings } from './surroundings.ts';

/** `all`: those that may change what the image does, too. */
export type WantedFixes = 'safe' | 'all';

export interface Options {
  /** At least one; at most one without a file. */
  readonly formats: readonly FormatChoice[];
  readonly target: readonly string[];
  /** As given: `NAME=VALUE` or `NAME`. */
  readonly buildArg: readonly string[];
  /** The folder of the build context; absent when it is to be found. */
  readonly context?: string;
  /** Absent when it was not given, as are all that a configuration may say, too. */
  readonly failOn?: (typeof failOnNames)[number];
  readonly color: boolean | undefined;
  readonly quiet: boolean;
  /** None when none was asked for. */
  readonly presets: readonly Preset[];
  /** By rule id or foreign code. */
  readonly settings: ReadonlyMap<string, Setting>;
  /** False when --no-ignore-comments was given. */
  readonly ignoreComments: boolean;
  /** Absent when it was not given. */
  readonly shellcheck?: ShellcheckMode;
  /** The file that --config names; false for --no-config. */
  readonly config?: string | false;
  /** True when --allow-plugins was given. */
  readonly allowPlugins?: boolean;
  /** The file that --baseline names; false for --no-baseline. */
  readonly baseline?: string | false;
  /** What is found is recorded as known. */
  readonly updateBaseline: boolean;
  /** Absent when it was not given. */
  readonly threads?: number;
  /** Absent when standard input was given no name. */
  readonly stdinFilename?: string;
  /** The day by which dates are judged, as 2027-01-31; absent for that of the clock. */
  readonly today?: string;
  readonly minConfidence?: (typeof confidenceNames)[number];
  /** Absent when nothing is to be fixed. */
  readonly fix?: WantedFixes;
  /** Shows what fixes would change, and writes nothing. */
  readonly diff: boolean;
  /** Patterns of what the folders among the paths leave out. */
  readonly exclude: readonly string[];
  /** Only what has changed since this commit; true: since the last one. */
  readonly changed?: string | true;
  /** False when --no-cache was given. */
  readonly cache: boolean;
  /** The folder that --cache-dir names. */
  readonly cacheDir?: string;
  readonly paths: readonly string[];
}

export type ParsedArguments =
  | { readonly options: Options }
  /** `--help`, `--version` (status 0) or wrong usage (status 2): what is to be printed has been. */
  | { readonly exit: 0 | 2 };

/** As commander gives them. */
interface Given
  extends Omit<
    Options,
    | 'formats'
    | 'target'
    | 'buildArg'
    | 'exclude'
    | 'paths'
    | 'quiet'
    | 'presets'
    | 'settings'
    | 'fix'
    | 'diff'
    | 'updateBaseline'
  > {
  readonly format?: readonly FormatChoice[];
  readonly fix?: boolean;
  readonly unsafeFixes?: boolean;
  readonly diff?: boolean;
  readonly updateBaseline?: boolean;
  readonly requireReason?: boolean;
  readonly quiet?: boolean;
  readonly buildArg?: readonly string[];
  readonly exclude?: readonly string[];
  readonly preset?: readonly Preset[];
  readonly rule?: ReadonlyMap<string, Setting>;
}

type Output = Pick<Surroundings, 'cwd' | 'out' | 'err' | 'columns' | 'define'>;

/** Reads the arguments (without node and the script). Prints help, version and usage errors itself. */
export async function parseArguments(
  argv: readonly string[],
  version: string,
  output: Output,
  about: AboutCommand = aboutLint,
): Promise<ParsedArguments> {
  const names = await namesFor(argv);
  const targets: string[] = [];
  const program = createProgram(about.name, output)
    .description(about.says)
    .argument('[path...]', about.paths)
    .option(
      '-f, --format <name[=file]>',
      `how to print findings: ${formatNames.join(', ')} (default: text); into the file, when one is named; may be repeated`,
      addFormat,
    )
    .addOption(
      new Option('--fail-on <severity>', 'lowest severity that makes the exit status 1 (default: warning)').choices(
        failOnNames,
      ),
    )
    .option('-q, --quiet', 'print errors only, and no summary; the exit status still counts what is not printed')
    .option('--fix', 'mend what can be mended safely, in the files')
    .option('--unsafe-fixes', 'mend, too, what may change how the image is built or what it does')
    .option('--diff', 'print what fixes would change, and write nothing')
    .option(
      '--changed [ref]',
      'only what has changed since REF (its common ancestor with HEAD; default: HEAD), untracked files too: Dockerfiles, ' +
        'and those whose .dockerignore, package.json, lockfile, compose or bake file has',
    )
    .option(
      '--exclude <glob>',
      'leave out what a pattern as in .gitignore takes, when folders are searched; may be repeated',
      repeatable,
    )
    .option('--stdin-filename <path>', 'where standard input comes from: named in findings, tells the build context')
    .option('--color', 'use colour even when the output is no terminal (NO_COLOR wins)')
    .option('--no-color', 'never use colour (NO_COLOR does the same)')
    .option('--no-cache', 'judge every file, and keep no results for later runs')
    .option('--cache-dir <folder>', 'where results are kept (default: dflint in the folder of caches of the user)')
    .option('--threads <number>', 'threads to lint on (default: more than one from 800 files on)', threadCount)
    .version(version, '-V, --version', 'print the version')
    .optionsGroup('What is built:')
    .option(
      '-t, --target <name>',
      'stage that ships, by name or number; may be repeated (default: what compose, bake and CI files build, else the final stage)',
      (name: string) => {
        if (name.trim() === '') throw new InvalidArgumentError('It must name a stage.');
        targets.push(name);
        return targets;
      },
    )
    .option(
      '--build-arg <name=value>',
      'a build argument, NAME alone for its value in the environment; may be repeated',
      repeatable,
    )
    .option('--context <folder>', 'build context (default: what compose and bake files say, else found)')
    .optionsGroup('Rules:')
    .addOption(
      new Option(
        '--preset <preset>',
        'which rules: recommended (default), strict, hadolint, buildkit, all; may be repeated',
      ).argParser(addPreset),
    )
    .option(
      '--rule <name=setting>',
      'a rule, or a code such as DL3008: off, on, info, warning or error; may be repeated',
      (text: string, before?: ReadonlyMap<string, Setting>) => addSetting(text, before, names, !mayBringRules(argv)),
    )
    .addOption(
      new Option('--min-confidence <confidence>', 'hide findings that are less sure (default: likely)').choices(
        confidenceNames,
      ),
    )
    .option('--no-ignore-comments', 'report what comments such as # dflint ignore=RULE ignore, too')
    .option('--require-reason', 'report such comments that have no reason=')
    .option(
      '--shellcheck <how>',
      'ShellCheck, which reads the scripts of RUN: auto (default: when it is on PATH), off, required, or its path',
      shellcheckMode,
    )
    .option(
      '--today <day>',
      'the day by which the support of images is judged, as 2027-01-31 (default: today)',
      readDay,
    )
    .optionsGroup('Configuration and known findings:')
    .option('-c, --config <file>', 'configuration (default: the nearest dflint.config.* upward)')
    .option('--no-config', "read no configuration, neither dflint's nor hadolint's")
    .option('--allow-plugins', 'run the modules that a configuration inside of what is linted names as plugins')
    .option('--baseline <file>', 'hide the findings that are recorded in this file as known', baselineFile)
    .option('--no-baseline', 'use no baseline, so that --fix mends what is known, too')
    .option('--update-baseline', 'record what is found in the baseline, and hide it')
    .addHelpText('after', about.notes);
  try {
    program.parse([...argv], { from: 'user' });
    if (program.opts()['stdinFilename'] !== undefined && !program.args.includes('-'))
      program.error("error: --stdin-filename needs '-', standard input, among the paths");
    const { context, buildArg = [], format = [] } = program.opts<Given>();
    const fault = contextFault(context, output) ?? argumentFault(buildArg) ?? formatsFault(format, output);
    const { diff, updateBaseline } = program.opts<Given>();
    if (diff === true && updateBaseline === true)
      program.error('error: --diff writes nothing; give --update-baseline without it');
    if (fault !== undefined) program.error(`error: ${fault}`);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { exit: 0 };
    output.err(`See ${about.name} --help.\n`);
    return { exit: 2 };
  }
  const { fix, unsafeFixes, diff, format, ...plain } = program.opts<Given>();
  const wanted = unsafeFixes === true ? 'all' : fix === true || diff === true ? 'safe' : undefined;
  const colour = program.getOptionValueSource('color') === 'cli' ? plain.color : undefined;
  return {
    options: {
      ...plain,
      ...(wanted === undefined ? {} : { fix: wanted }),
      diff: diff === true,
      formats: format ?? [{ name: 'text' }],
      color: colour,
      quiet: plain.quiet === true,
      updateBaseline: plain.updateBaseline === true,
      target: targets,
      buildArg: plain.buildArg ?? [],
      exclude: plain.exclude ?? [],
      presets: plain.preset ?? [],
      settings:
        plain.requireReason === true
          ? new Map([[ignoreWithoutReason, 'on'], ...(plain.rule ?? [])])
          : (plain.rule ?? new Map()),
      paths: program.args,
    },
  };
}

/** Its id: --require-reason puts it on. */
const ignoreWithoutReason = 'ignore-without-reason';

/** The rules are loaded for an option that names one. */
async function namesFor(argv: readonly string[]): Promise<RuleNames> {
  if (!argv.some((word) => word.startsWith('--rule'))) return noNames;
  const [{ ruleNames }, rules] = await Promise.all([import('../engine/rule-names.ts'), loadRules()]);
  return ruleNames(rules);
}

const noNames: RuleNames = { resolve: () => undefined, nearest: () => undefined };
