/** Ship targets that start a program of the project whose packages are nowhere in the image. */
import { productionPackages, scriptOperandOf, scriptWords } from '../../knowledge/index.ts';
import type { Build, Command, FileChange, Located, Stage, Step } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { baseName, directoryName, join, relativeTo, resolve } from '../files/path.ts';
import { mayBring, mayInstallAnything } from '../installs/missing-installs.ts';
import { chainOf, originOf } from '../query.ts';
import { calledScript, callsOfScript } from '../run/called-project.ts';
import { isMadeForDevelopers } from '../shipped/made-for-developers.ts';
import { isOpenBase } from '../state/image-state.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';
import { scriptBehind } from './manifest-script.ts';

export interface StartWithoutPackages {
  readonly command: LaunchedCommand;
  /** As written. */
  readonly script: string;
  /** What it loads, or what the project of a compiled program has for production; at least one. */
  readonly packages: readonly string[];
  /** The folder in which Node.js looks for them first. */
  readonly folder: string;
  /** What compiles the program file by file, so that its packages stay outside. */
  readonly compiled?: Located;
}

/** Only where the base, all that is copied and all commands that may have installed something are known. */
export function* startsWithoutPackages(build: Build): Iterable<StartWithoutPackages> {
  for (const target of build.targets) {
    const found = isPlainNode(target, build) ? startOf(target, build) : undefined;
    if (found !== undefined) yield found;
  }
}

/** An image of Node.js and nothing else, in which Node.js looks for packages where it always does. */
function isPlainNode(target: Stage, build: Build): boolean {
  const chain = chainOf(target);
  const base = chain[0]?.base;
  const { env, rootfs, workdir } = target.result;
  if (base?.kind !== 'image' || base.facts?.nodeMajor === undefined || isOpenBase(target.base)) return false;
  if (env.has('NODE_PATH') || env.has('NODE_OPTIONS') || isMadeForDevelopers(build, target)) return false;
  if (workdir === undefined || rootfs.stat(join(workdir, '.pnp.cjs')).presence !== 'absent') return false;
  return !chain.some(mayInstallAnything);
}

function startOf(target: Stage, build: Build): StartWithoutPackages | undefined {
  const { rootfs, volumes } = target.result;
  const [command, ...others] = launchOf(target)?.commands ?? [];
  if (command?.runs !== 'always' || command.workdir === undefined || others.length > 0) return undefined;
  const script = scriptOf(command, target, build);
  if (script === undefined) return undefined;
  const path = resolve(command.workdir, script);
  const folder = directoryName(path);
  const isMounted = (volume: string): boolean =>
    baseName(volume) === 'node_modules' || relativeTo(volume, path) !== undefined;
  if ([...volumes.keys()].some(isMounted)) return undefined;
  const places = ['', '.js', '/index.js'].map((end) => rootfs.stat(path + end));
  const file = ['present', 'unknown'].flatMap((is) => places.filter(({ presence }) => presence === is))[0];
  if (file?.change === undefined) return undefined;
  const made = originOf(file.change);
  const program = programIn(made, build);
  if (program === undefined || program.packages.length === 0 || mayHavePackages(folder, made.step, target, build))
    return undefined;
  return { command, script, folder, ...program };
}

/** The file that Node.js starts with, without modules that it loads before. */
function scriptOf(command: LaunchedCommand, target: Stage, build: Build): string | undefined {
  const behind = scriptBehind(command, target, build);
  if (behind === undefined || (behind !== null && /[^\w\s./@:=-]/.test(behind))) return undefined;
  const words = behind === null ? command.words : scriptWords(behind);
  const script = scriptOperandOf(words)?.script;
  const isNode = /^(?:node|nodejs)$/.test(baseName(words[0] ?? ''));
  return isNode && (words[1] === script || words[1] === '--enable-source-maps') ? script : undefined;
}

type Program = Pick<StartWithoutPackages, 'packages' | 'compiled'>;

function programIn({ content, step }: FileChange, build: Build): Program | undefined {
  if (content?.kind === 'context' && content.entry !== 'directory') return { packages: loadedBy(content.path, build) };
  if (content?.kind !== 'output' || content.makes !== 'build-output') return undefined;
  const [compiler, ...others] = step.commands.filter(({ invocation }) => invocation !== undefined);
  if (compiler === undefined || others.length > 0 || !compilesFileByFile(compiler, build)) return undefined;
  const { folder = '/' } = calledScript(compiler, build) ?? {};
  const manifest = textAt(join(folder, 'package.json'), step.before.rootfs, build) ?? '';
  const packages = [...productionPackages(manifest).keys()].filter((name) => !leftBehind.test(name));
  return { packages, compiled: compiler };
}

/** What a program has no need of once it is compiled. */
const leftBehind = /^(?:@types\/.*|typescript|tslib|ts-node|tsx|rimraf|nodemon|prisma|dotenv-cli|cross-env|husky)$/;

/** Packages of the nearest package.json of the context that a file of it names in quotes, as `require` and `import` do. */
function loadedBy(path: string, build: Build): readonly string[] {
  const text = /\.[cm]?js$/.test(path) ? build.context.read(path) : undefined;
  if (text === undefined) return [];
  for (let at = path.includes('/') ? directoryName(path) : ''; ; at = at.includes('/') ? directoryName(at) : '') {
    const manifest = build.context.read(join(at, 'package.json'));
    if (manifest !== undefined)
      return [...productionPackages(manifest).keys()].filter((name) =>
        ["'", '"'].some((quote) => [quote, '/'].some((end) => text.includes(`${quote}${name}${end}`))),
      );
    if (at === '') return [];
  }
}

const compilers = /^(?:tsc|nest|swc|babel)$/;
const helpers = /^(?:rm|rimraf|cp|mkdir|cpx|cpy|copyfiles|tsc-alias|tscpaths|shx|del|del-cli|echo|prettier|eslint)$/;

/** The script calls a compiler that bundles nothing, and nothing else that does. */
function compilesFileByFile(command: Command, build: Build): boolean {
  const tools = (callsOfScript(command, build) ?? []).map(({ words }) => {
    const plain = words[0] === 'npx' ? words.slice(1) : words;
    return plain.includes('--webpack') ? 'webpack' : baseName(plain[0] ?? '');
  });
  return (
    tools.some((tool) => compilers.test(tool)) && tools.every((tool) => compilers.test(tool) || helpers.test(tool))
  );
}

/** Packages stand beside the program or above it, or may come with what is copied. */
function mayHavePackages(start: string, made: Step, { result: { rootfs } }: Stage, build: Build): boolean {
  const isCompiled = (change: FileChange): boolean =>
    change.content?.kind === 'output' && originOf(change).step === made;
  for (let folder = start; ; folder = directoryName(folder)) {
    const path = join(folder, 'node_modules');
    if (rootfs.stat(path).presence === 'present') return true;
    const brings = (change: FileChange): boolean =>
      !isCompiled(change) && !isPartOfProject(change, path, build) && mayBring(change, path, build);
    if (rootfs.trees(folder).some(brings)) return true;
    if (folder === '/') return false;
  }
}

/** A folder of the context without a manifest, beside which no packages are installed. */
const isPartOfProject = ({ content, path: at }: FileChange, path: string, build: Build): boolean =>
  content?.kind === 'context' &&
  content.path !== '' &&
  relativeTo(at, path) === 'node_modules' &&
  build.context.list(content.path)?.some((each) => each === 'package.json' || each === 'node_modules') === false;
