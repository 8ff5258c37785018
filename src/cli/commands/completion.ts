/** `dflint completion`: a script with which a shell completes what is typed. */
import { Argument, type Command } from 'commander';
import { bashScript } from '../completion/bash.ts';
import { type CompletedCommand, completedCommand } from '../completion/definition.ts';
import { fishScript } from '../completion/fish.ts';
import { zshScript } from '../completion/zsh.ts';
import { createProgram, parseProgram } from '../program.ts';
import type { Surroundings } from '../surroundings.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
type Shell = keyof typeof scripts;
const shells: readonly Shell[] = ['bash', 'zsh', 'fish'];

const notes = `
It completes commands, options, their values, rules by their names and by the
codes of other linters, and files. It knows the dflint that printed it: print it
anew after an update.

Examples:
  eval "$(dflint completion bash)"           in ~/.bashrc
  eval "$(dflint completion zsh)"            in ~/.zshrc, below compinit
  dflint completion fish > ~/.config/fish/completions/dflint.fish

Exit status:
  0  the script is printed
  2  wrong usage`;

type Run = (argv: readonly string[], world: Surroundings) => Promise<0 | 1 | 2>;

/** `commands`: all that there are, by name; each tells of itself when it is asked for its help. */
export async function completionCommand(
  argv: readonly string[],
  world: Surroundings,
  commands: ReadonlyMap<string, () => Promise<Run>>,
): Promise<0 | 1 | 2> {
  const program = createProgram('dflint completion', world)
    .description('Print a script with which a shell completes the commands, options and rules of dflint.')
    .addArgument(new Argument('<shell>', 'the shell that is to complete').choices(shells))
    .addHelpText('after', notes);
  const ended = parseProgram(program, argv, world);
  if (ended !== undefined) return ended;
  const shell = shells.find((each) => each === program.processedArgs[0]) ?? 'bash';
  const completed: CompletedCommand[] = [];
  for (const [name, load] of [['', commands.get('lint')] as const, ...commands]) {
    if (load === undefined) continue;
    const definition = await definitionOf(await load(), world);
    if (definition !== undefined) completed.push(completedCommand(name, definition));
  }
  world.out(scripts[shell](completed));
  return 0;
}

async function definitionOf(run: Run, world: Surroundings): Promise<Command | undefined> {
  const found: Command[] = [];
  await run(['--help'], {
    ...world,
    out: () => undefined,
    err: () => undefined,
    define: (program) => found.push(program),
  });
  return found[0];
}
