/** The completion script for bash, 3.2 and newer. */
import type { CompletedCommand, Value, Word } from './definition.ts';

export function bashScript(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).filter((name) => name !== '');
  const cases = commands.map(
    ({ name, options, argument }) => `    ${name === '' ? "''" : name})
      options=${quoted(options.flatMap(({ flags }) => flags).join(' '))}
      taking=${quoted(
        options
          .filter(({ value, isOptional }) => value !== undefined && !isOptional)
          .flatMap(({ flags }) => flags)
          .join(' '),
      )}
      case $option in
${options
  .flatMap(({ flags, value }) => (value === undefined ? [] : [`        ${flags.join('|')}) ${assigned(value)} ;;`]))
  .join('\n')}
        '') ${assigned(argument)} ;;
      esac
      ;;`,
  );
  return `# Completion of dflint for bash, made by: dflint completion bash
# Use it in this shell:  eval "$(dflint completion bash)"

_dflint_definition() {
  local command=$1 option=$2
  options= taking= kind=anything words= values=
  case $command in
${cases.join('\n')}
  esac
}

_dflint() {
  local options taking kind words values
  local -a line
  local word at before='' command='' option='' current rest=''
  # bash takes = for the end of a word: what it has told apart is put together again.
  for ((at = 0; at <= COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    if [[ $at -gt 1 && ( $word == =* || $before == *= ) && \${#line[@]} -gt 1 ]]; then
      line[\${#line[@]} - 1]+=$word
    else
      line[\${#line[@]}]=$word
    fi
    before=$word
  done
  local last=$((\${#line[@]} - 1))
  current=\${line[last]}
  if [[ $last -gt 1 ]]; then
    case \${line[1]} in
      ${names.join('|')}) command=\${line[1]} ;;
    esac
  fi
  _dflint_definition "$command" ''
  for ((at = 1; at < last; at++)); do
    word=\${line[at]}
    if [[ -n $option ]]; then option=
    elif [[ $word == -- ]]; then rest=1
    elif [[ -z $rest && " $taking " == *" $word "* ]]; then option=$word
    fi
  done
  local typed=$current
  if [[ -z $option && -z $rest && $current == --*=* ]]; then
    option=\${current%%=*} current=\${current#*=}
  elif [[ -z $option && -z $rest && $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
    return
  fi
  [[ -n $option ]] && _dflint_definition "$command" "$option"
  if [[ -z $option && $last -eq 1 ]]; then words="$words ${names.join(' ')}"; fi
  local IFS=$'\\n'
  case $kind in
    pair)
      if [[ $current != *=* ]]; then
        COMPREPLY=($(IFS=' '; compgen -W "$words" -- "$current"))
        if [[ -n $values ]]; then
          COMPREPLY=("\${COMPREPLY[@]/%/=}")
          [[ \${COMPREPLY[0]} == = ]] && COMPREPLY=()
          compopt -o nospace 2>/dev/null
        fi
      elif [[ -n $values ]]; then
        COMPREPLY=($(IFS=' '; compgen -W "$values" -P "\${current%%=*}=" -- "\${current#*=}"))
      else
        COMPREPLY=($(compgen -f -P "\${current%%=*}=" -- "\${current#*=}"))
        compopt -o filenames 2>/dev/null
      fi
      ;;
    words) COMPREPLY=($(IFS=' '; compgen -W "$words" -- "$current")) ;;
    files)
      COMPREPLY=($(IFS=' '; compgen -W "$words" -- "$current") $(compgen -f -- "$current"))
      compopt -o filenames 2>/dev/null
      ;;
    folders)
      COMPREPLY=($(compgen -d -- "$current"))
      compopt -o filenames 2>/dev/null
      ;;
    *) COMPREPLY=() ;;
  esac
  # What stands before the last = is no part of the word for bash.
  if [[ $COMP_WORDBREAKS == *=* && $typed == *=* ]]; then
    local cut=\${current%"\${current##*=}"}
    if [[ -n $cut ]]; then COMPREPLY=("\${COMPREPLY[@]#"$cut"}"); fi
    [[ \${#COMPREPLY[@]} -eq 1 && -z \${COMPREPLY[0]} ]] && COMPREPLY=()
  fi
  return 0
}

complete -F _dflint dflint
`;
}

function assigned(value: Value): string {
  switch (value.kind) {
    case 'words':
    case 'files':
      return `kind=${value.kind}${value.words.length === 0 ? '' : ` words=${quoted(joined(value.words))}`}`;
    case 'pair':
      return `kind=pair words=${quoted(joined(value.words))}${value.values === undefined ? '' : ` values=${quoted(value.values.join(' '))}`}`;
    case 'folders':
    case 'anything':
      return `kind=${value.kind}`;
  }
}

const joined = (words: readonly Word[]): string => words.map(({ word }) => word).join(' ');

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
