/** What real shells complete with a script: bash and fish are asked, zsh is typed at in a terminal of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Shell = 'bash' | 'zsh' | 'fish';

export const hasShell = (shell: Shell): boolean => spawnSync(shell, ['--version']).status === 0;

/** The words that are offered for the last word of a line, in a folder; sorted. */
export function completions(shell: Shell, script: string, line: string, cwd: string): readonly string[] {
  const scratch = mkdtempSync(join(tmpdir(), 'dflint-completion-'));
  try {
    const file = join(scratch, 'script');
    writeFileSync(file, script);
    const found = { bash: inBash, zsh: inZsh, fish: inFish }[shell](file, line, { cwd, scratch });
    return [...new Set(found)].sort();
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

interface Place {
  readonly cwd: string;
  readonly scratch: string;
}

function run(shell: Shell, argv: readonly string[], { cwd, scratch }: Place): readonly string[] {
  const { PATH = '' } = process.env;
  const env = { PATH, HOME: scratch, TERM: 'dumb', LC_ALL: 'C.UTF-8' };
  const { stdout, stderr, status } = spawnSync(shell, argv, { cwd, encoding: 'utf8', env, timeout: 20_000 });
  if (status !== 0 || stderr !== '') throw new Error(`${shell}: status ${status}: ${stderr}`);
  return stdout.split('\n').filter((each) => each !== '');
}

/** readline's own way to tell words apart, as far as lines without quotes go: `=` is a word. */
function inBash(file: string, line: string, place: Place): readonly string[] {
  const words = line.split(' ').flatMap((word) => (word === '' ? [''] : word.split(/(?<==)|(?==)/)));
  if (line.endsWith('=')) words.push('');
  const code = `
    source "$1"; shift
    complete -p dflint >/dev/null || exit 3
    COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _dflint
    [[ \${#COMPREPLY[@]} -eq 0 ]] || printf '%s\\n' "\${COMPREPLY[@]}"`;
  return run('bash', ['--noprofile', '--norc', '-c', code, 'bash', file, ...words], place);
}

function inFish(file: string, line: string, place: Place): readonly string[] {
  const code = `source $argv[1]; complete -C $argv[2]`;
  return run('fish', ['--no-config', '-c', code, file, line], place).map((each) => each.replace(/\t.*$/, ''));
}

/** Each word that the completion gives to zsh is written down. */
function inZsh(file: string, line: string, place: Place): readonly string[] {
  const code = `
    zmodload zsh/zpty
    zpty -b terminal zsh -f -i
    zpty -w terminal "source $2/setup"
    zpty -w -n terminal "$3"$'\\t'
    for each in {1..150}; do [[ -e $2/ended ]] && break; sleep 0.1; done
    [[ -e $2/ended ]] || { zpty -r terminal seen; print -u2 -r -- "no completion: $seen"; exit 1 }
    [[ ! -e $2/found ]] || cat $2/found`;
  writeFileSync(
    join(place.scratch, 'setup'),
    `
    unsetopt beep
    autoload -Uz compinit && compinit -D -u
    source ${file}
    compadd() {
      if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return $?; fi
      local -a found
      builtin compadd -A found "$@"
      (( $#found )) && print -rl -- $found >> ${place.scratch}/found
      builtin compadd "$@"
    }
    finished() { : > ${place.scratch}/ended }
    complete-and-end() { zle complete-word; finished }
    zle -N complete-and-end
    bindkey '^I' complete-and-end\n`,
  );
  return run('zsh', ['-f', '-c', code, 'zsh', file, place.scratch, line], place);
}
