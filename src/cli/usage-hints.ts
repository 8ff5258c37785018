/** What someone who knows another linter may have meant; loaded when the command line cannot be understood. */
import { nearest } from '../syntax/suggest.ts';

interface Meant {
  /** Only with such a value: dflint has an option of that name, which means something else. */
  readonly value?: RegExp;
  readonly hint: string;
}

const changesNothing = 'it changes nothing in dflint';
const threshold = /^(?:error|warning|info|style|ignore|none)$/;

/** Options of hadolint, ruff, eslint and others. */
const foreign: ReadonlyMap<string, Meant> = new Map<string, Meant>([
  ['--ignore', { hint: '--rule NAME=off leaves a rule or a code out' }],
  ['--error', { hint: '--rule NAME=error rates a rule or a code' }],
  ['--warning', { hint: '--rule NAME=warning rates a rule or a code' }],
  ['--info', { hint: '--rule NAME=info rates a rule or a code' }],
  ['--style', { hint: '--rule NAME=info rates a rule or a code' }],
  ['--failure-threshold', { hint: '--fail-on error, warning, info or never does that' }],
  ['-t', { value: threshold, hint: '--fail-on is the threshold of failure, --target names a stage' }],
  ['--no-fail', { hint: '--fail-on never does that' }],
  ['--exit-zero', { hint: '--fail-on never does that' }],
  ['--max-warnings', { hint: '--fail-on error, warning, info or never says what fails' }],
  ['--severity', { hint: '--fail-on says what fails; --rule NAME=SEVERITY rates a rule' }],
  ['--level', { hint: '--fail-on says what fails; --quiet prints errors only' }],
  [
    '--trusted-registry',
    { hint: 'the configuration has that: rules: { untrusted-registry: [on, { registries: [docker.io] }] }' },
  ],
  ['--require-label', { hint: 'the configuration has that: label-against-schema; see dflint explain DL3048' }],
  ['--strict-labels', { hint: 'the configuration has that: label-against-schema; see dflint explain DL3050' }],
  ['--disable-ignore-pragma', { hint: '--no-ignore-comments does that' }],
  ['--no-inline-config', { hint: '--no-ignore-comments does that' }],
  ['--file-path-in-report', { hint: '--stdin-filename PATH does that' }],
  ['--stdin-filepath', { hint: '--stdin-filename PATH does that' }],
  ['--stdin', { hint: '- among the paths is standard input' }],
  ['--select', { hint: '--rule NAME=on adds a rule, --preset NAME a set of them' }],
  ['--output', { hint: '--format NAME=FILE writes a file' }],
  ['--output-file', { hint: '--format NAME=FILE writes a file' }],
  ['-o', { hint: '--format NAME=FILE writes a file' }],
  ['--output-format', { hint: '--format NAME does that' }],
  ['--reporter', { hint: '--format NAME does that' }],
  ['--json', { hint: '--format json does that' }],
  ['--unsafe', { hint: '--unsafe-fixes does that' }],
  ['--fix-unsafe', { hint: '--unsafe-fixes does that' }],
  ['--write', { hint: '--fix does that' }],
  ['--fix-dry-run', { hint: '--diff does that' }],
  ['--dry-run', { hint: '--diff does that' }],
  ['--check', { hint: 'dflint without --fix changes nothing' }],
  ['--staged', { hint: '--changed is what has changed since the last commit' }],
  ['--recursive', { hint: 'folders are searched with all that is in them; --exclude leaves out' }],
  ['-r', { hint: 'folders are searched with all that is in them; --exclude leaves out' }],
  ['--verbose', { hint: changesNothing }],
  ['--nofail', { hint: '--fail-on never does that' }],
  ['-v', { hint: '--version (-V) prints the version' }],
]);

/** Values of --format that other linters have. */
const formats: ReadonlyMap<string, string> = new Map([
  ['tty', 'text'],
  ['stylish', 'text'],
  ['full', 'text'],
  ['concise', 'compact'],
  ['unix', 'compact'],
  ['codeclimate', 'gitlab'],
  ['gitlab_codeclimate', 'gitlab'],
  ['gitlab-codeclimate', 'gitlab'],
  ['code-quality', 'gitlab'],
  ['junit-xml', 'junit'],
  ['md', 'markdown'],
  ['github-actions', 'github'],
]);

/** The words that other tools have for commands. */
const words: ReadonlyMap<string, string> = new Map([
  ['check', 'dflint without a command lints: dflint PATH'],
  ['fix', 'dflint --fix mends, dflint --diff shows what it would mend'],
  ['version', 'dflint --version prints the version'],
  ['baseline', 'dflint --baseline FILE --update-baseline writes a baseline'],
  ['list', 'dflint rules lists the rules'],
]);

/** `isWord`: the first argument is neither an option nor a path that there is. Undefined when nothing can be told. */
export function usageHint(
  argv: readonly string[],
  isWord: boolean,
  commands: ReadonlyMap<string, unknown>,
): string | undefined {
  const [first = ''] = argv;
  if (isWord) {
    const word = words.get(first);
    if (word !== undefined) return word;
    const meant = nearest(first, commands.keys());
    if (meant !== undefined) return `did you mean the command ${meant}? See dflint --help.`;
  }
  for (const [at, arg] of argv.entries()) {
    const [name = '', inline] = arg.split('=', 2);
    const value = inline ?? argv[at + 1] ?? '';
    const format = name === '-f' || name === '--format' ? formats.get(value) : undefined;
    if (format !== undefined) return `--format ${format} is what ${value} is elsewhere`;
    const meant = foreign.get(name);
    if (meant !== undefined && (meant.value?.test(value) ?? true)) return `${name}: ${meant.hint}`;
  }
  return undefined;
}
