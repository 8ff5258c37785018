/** The completion script for zsh. */
import type { CompletedCommand, CompletedOption, Value, Word } from './definition.ts';

export function zshScript(commands: readonly CompletedCommand[]): string {
  const own = commands.filter(({ name }) => name !== '');
  const described = own.map(({ name, says }) => `    ${quoted(`${name}:${says}`)}`);
  const functions = commands.map(({ name, options, argument }) => {
    const specs = [...options.flatMap(optionSpecs), `*:argument:${name === '' ? '_dflint_first' : action(argument)}`];
    return `${functionOf(name)}() {
  _arguments -S : \\
${specs.map((spec) => `    ${quoted(spec)}`).join(' \\\n')}
}`;
  });
  return `#compdef dflint
# Completion of dflint for zsh, made by: dflint completion zsh
# Use it in this shell:  eval "$(dflint completion zsh)"
# In all shells:         dflint completion zsh > a folder of $fpath, as _dflint

_dflint_commands() {
  local -a commands=(
${described.join('\n')}
  )
  _describe -t commands command commands
}

_dflint_first() {
  if (( CURRENT == 2 )); then _alternative 'commands:command:_dflint_commands' 'files:file:_files'
  else _files
  fi
}

# Words of the form NAME=VALUE; the values that there are, then the names.
_dflint_pairs() {
  local -a values=(\${=1}); shift
  if compset -P '*='; then
    if (( \${#values} )); then compadd -a values; else _files; fi
  elif (( \${#values} )); then compadd -q -S = -- "$@"
  else compadd -- "$@"
  fi
}

_dflint_words_or_files() {
  _alternative "words:word:($*)" 'files:file:_files'
}

_dflint_rules() {
  local -a found=(
${wordsOf(commands, 'explain').join('\n')}
  )
  _describe -t rules rule found
}

${functions.join('\n\n')}

_dflint() {
  case $words[2] in
    ${own.map(({ name }) => name).join('|')})
      if (( CURRENT > 2 )); then
        local command=$words[2]
        shift words
        (( CURRENT-- ))
        _dflint_command_$command
        return
      fi
      ;;
  esac
  _dflint_lint_files
}

if [ "$funcstack[1]" = _dflint ]; then _dflint "$@"; else compdef _dflint dflint; fi
`;
}

const functionOf = (name: string): string => (name === '' ? '_dflint_lint_files' : `_dflint_command_${name}`);

/** What the argument of a command may be, with what is said of it. */
function wordsOf(commands: readonly CompletedCommand[], name: string): readonly string[] {
  const value = commands.find((command) => command.name === name)?.argument;
  return value?.kind === 'words'
    ? value.words.map(({ word, says = '' }) => `    ${quoted(says === '' ? colons(word) : `${colons(word)}:${says}`)}`)
    : [];
}

function optionSpecs({ flags, says, value, isOptional }: CompletedOption): readonly string[] {
  const what = `[${says.replace(/[[\]\\:]/g, '\\$&')}]`;
  return flags.map((flag) => {
    const isLong = flag.startsWith('--');
    if (value === undefined) return `*${flag}${what}`;
    if (isOptional) return `*${flag}${isLong ? '=-' : '-'}${what}::value:${action(value)}`;
    return `*${flag}${isLong ? '=' : '+'}${what}:value:${action(value)}`;
  });
}

function action(value: Value): string {
  switch (value.kind) {
    case 'words':
      return value.words.some(({ says }) => says !== undefined) ? '_dflint_rules' : `(${joined(value.words)})`;
    case 'files':
      return value.words.length === 0 ? '_files' : ` _dflint_words_or_files ${joined(value.words)}`;
    case 'pair':
      return ` _dflint_pairs "${value.values?.join(' ') ?? ''}" ${joined(value.words)}`;
    case 'folders':
      return '_files -/';
    case 'anything':
      return ' ';
  }
}

const joined = (words: readonly Word[]): string => words.map(({ word }) => word).join(' ');

const colons = (word: string): string => word.replaceAll(':', '\\:');

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
