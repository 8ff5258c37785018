/** Virtual environments whose Python stays behind in the image that made them. */
import { imagePython, isPythonManager } from '../../knowledge/index.ts';
import type { Build, Command, Located, Stage } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
import { directoryName, join } from '../files/path.ts';
import { choosesPython, pythonIn } from '../installs/python-versions.ts';
import { chainOf, isBasedOn, type ShippedTree, shippedTrees, wordsOf } from '../query.ts';
import { environmentMadeBy } from '../run/command-calls.ts';
import { hasPlainBase } from '../stages/never-created.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';
import { mayHaveCopied } from './program-places.ts';

export interface DanglingInterpreter {
  readonly target: Stage;
  readonly command: LaunchedCommand;
  /** The link of the environment, absolute. */
  readonly link: string;
  /** Where it leads: `/usr/local/bin`. */
  readonly folder: string;
  /** The image that lacks that, as its FROM has it. */
  readonly image: string;
  readonly broughtBy: Located;
  /** The stage whose FROM names the image that has it. */
  readonly madeOn: Stage;
}

/** Where the container starts with a program of the environment, which is a script of that Python or the link itself. */
export function* danglingInterpreters(build: Build): Iterable<DanglingInterpreter> {
  for (const tree of shippedTrees(build)) {
    const { target, path, change } = tree;
    const { command: install, manager } = tree.tree.install;
    const installer = install.step.stage;
    if (!isPythonManager(manager) || isBasedOn(target, installer) || !isEnvironment(tree)) continue;
    const python = choosesPython(install) ? undefined : pythonIn(installer);
    const command = launchOf(target)?.commands.find(({ runs, decides }) => runs === 'always' && decides);
    if (python === undefined || command === undefined || !isOf(path, command, target)) continue;
    const { base } = chainOf(target)[0] ?? {};
    if (base?.kind !== 'image' || !lacks(python.program, path, target)) continue;
    yield {
      target,
      command,
      link: join(path, 'bin/python'),
      folder: directoryName(python.program),
      image: base.text,
      broughtBy: change,
      madeOn: python.root,
    };
  }
}

/** Made with links to its Python, as is usual. */
function isEnvironment({ path, tree: { install } }: ShippedTree): boolean {
  const commands = commandsOf(chainOf(install.command.step.stage));
  const makers = commands.filter((command) => environmentMadeBy(command) !== undefined);
  if (
    makers.some((maker) =>
      maker.arguments.some((word) => word === undefined || /^--(?:always-)?cop(?:y|ies)$/.test(word)),
    )
  )
    return false;
  const madeHere = path.endsWith('/.venv') && install.manager !== 'pip';
  return madeHere || makers.some((maker) => path.endsWith(`/${environmentMadeBy(maker)?.replace(/^\.?\//, '')}`));
}

function isOf(path: string, { words }: LaunchedCommand, { result }: Stage): boolean {
  const [program = ''] = words;
  const bin = join(path, 'bin');
  if (program.includes('/')) return program.startsWith(`${bin}/`);
  return program !== '' && result.env.get('PATH')?.text?.split(':')[0] === bin;
}

function lacks(program: string, environment: string, target: Stage): boolean {
  const chain = chainOf(target);
  const base = chain[0]?.base;
  if (base?.kind !== 'image' || base.openTag === true) return false;
  const own = imagePython(base.reference.familiar, base.reference.tag);
  const isKnown =
    own === undefined
      ? hasPlainBase(target) && base.facts?.tools.includes('python3') !== true
      : own.program !== program;
  return (
    isKnown &&
    [program, join(directoryName(program), 'python')].every(
      (path) =>
        isUntouched(target.result.rootfs.stat(path)) &&
        !chain.some(({ steps }) => steps.some((step) => mayHaveCopied(step, path))),
    ) &&
    !commandsOf(chain).some((command) => wordsOf(command).some((word) => word?.startsWith(`${environment}/bin`)))
  );
}

const commandsOf = (chain: readonly Stage[]): readonly Command[] =>
  chain.flatMap(({ steps }) => steps.flatMap(({ commands }) => commands));
