/** The completion script for fish. */
import type { CompletedCommand, CompletedOption, Value, Word } from './definition.ts';

export function fishScript(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).filter((name) => name !== '');
  const lines = commands.flatMap(({ name, says, options, argument }) => {
    const condition = `-n '__dflint_command_is "${name}"'`;
    return [
      ...(name === '' ? [] : [`complete -c dflint -n __dflint_is_first -a ${name} -d ${quoted(says)}`]),
      ...argumentLines(condition, argument),
      ...options.map((option) => optionLine(condition, option)),
    ];
  });
  return `# Completion of dflint for fish, made by: dflint completion fish
# Use it in all shells:  dflint completion fish > ~/.config/fish/completions/dflint.fish

function __dflint_is_first
    test (count (commandline -opc)) -eq 1
end

function __dflint_command_is
    set -l words (commandline -opc)
    contains -- "$words[2]" ${names.join(' ')}; or set words dflint ''
    test "$words[2]" = $argv[1]
end

# Words of the form NAME=VALUE: the names first, then what the one that is written may be.
function __dflint_pairs
    set -l typed (string replace -r '^--[a-z-]+=' '' -- (commandline -ct))
    if string match -q '*=*' -- $typed
        set -l name (string split -m 1 = -- $typed)[1]
        for value in (string split ' ' -- $argv[1])
            echo $name=$value
        end
    else
        string replace -r '(\\t|$)' '=$1' -- $argv[2..]
    end
end

complete -c dflint -f
${lines.join('\n')}
`;
}

function optionLine(condition: string, { flags, says, value, isOptional }: CompletedOption): string {
  const named = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const given = value === undefined || isOptional ? '' : ` ${valueFlags(value)}`;
  return `complete -c dflint ${condition} ${named.join(' ')}${given} -d ${quoted(says)}`;
}

function valueFlags(value: Value): string {
  switch (value.kind) {
    case 'words':
      return `-x -a ${list(value.words)}`;
    case 'files':
      return `-r -F${value.words.length === 0 ? '' : ` -a ${list(value.words)}`}`;
    case 'pair':
      return value.values === undefined
        ? `-r -F -a ${list(value.words)}`
        : `-x -a ${quoted(`(__dflint_pairs ${quoted(value.values.join(' '))} ${value.words.map(({ word }) => word).join(' ')})`)}`;
    case 'folders':
      return `-x -a '(__fish_complete_directories)'`;
    case 'anything':
      return '-x';
  }
}

function argumentLines(condition: string, value: Value): readonly string[] {
  switch (value.kind) {
    case 'files':
      return [`complete -c dflint ${condition} -F`];
    case 'words':
      return [`complete -c dflint ${condition} -a ${list(value.words)}`];
    default:
      return [];
  }
}

/** Lines, each a word and what is said of it; fish reads them as one text. */
const list = (words: readonly Word[]): string =>
  quoted(words.map(({ word, says }) => (says === undefined ? word : `${word}\\t${escaped(says)}`)).join('\n'));

/** Fish expands what it reads there once more. */
const escaped = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
