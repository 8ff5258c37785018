/** Images whose version of a language the project does not allow. */
import {
  imageLanguage,
  type LanguageDemand,
  type LanguageVersion,
  languageDemands,
  type ProjectCall,
  projectCall,
  rangeIntervals,
  versionInterval,
} from '../../knowledge/index.ts';
import type { Build, Command, Located, Rootfs, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { baseName, directoryName, join, resolve } from '../files/path.ts';
import { perStageAlone } from '../per-stage.ts';
import { chainOf, surelyEndsTheBuild, wordsOf } from '../query.ts';
import { remembered } from '../remembered.ts';

export interface RefusedLanguage extends LanguageVersion {
  /** The stage whose FROM names the image. */
  readonly root: Stage;
  readonly command: Command;
  readonly demand: LanguageDemand;
  /** The file that asks, absolute. */
  readonly file: string;
  readonly broughtBy: Located;
}

/** The first of each stage: the build does not get further. */
export const refusedLanguages = perStageAlone<RefusedLanguage>(function* (stage, build) {
  const has = stage.reachable ? languageIn(stage) : undefined;
  if (has === undefined) return;
  for (const { commands } of stage.steps)
    for (const command of commands) {
      const call = projectCall(wordsOf(command));
      if (call?.language !== has.language || command.workdir === undefined || !surelyEndsTheBuild(command)) continue;
      if (setsAnother(command) || hasToolchainFile(command)) continue;
      for (const { path, text, change } of filesOf(call, command.workdir, command.step.before.rootfs, build))
        for (const demand of languageDemands(baseName(path), text, has.version))
          if (!allows(demand, has.version)) {
            yield { ...has, command, demand, file: path, broughtBy: change };
            return;
          }
    }
});

/** What the image of a stage brings; undefined where a command may bring another version. */
export function languageIn(stage: Stage): (LanguageVersion & { readonly root: Stage }) | undefined {
  const chain = chainOf(stage);
  const [root] = chain;
  const base = root?.base;
  if (root === undefined || base?.kind !== 'image' || base.openTag === true || chain.some(bringsAnother))
    return undefined;
  const found = imageLanguage(base.reference.familiar, base.reference.tag);
  return found === undefined ? undefined : { ...found, root };
}

export function allows({ range }: LanguageDemand, version: string): boolean {
  const is = versionInterval(version);
  const allowed = rangeIntervals(range);
  return is === undefined || allowed === undefined || allowed.some(({ low, high }) => low < is.high && is.low < high);
}

/** Programs that switch versions, and packages that are another one. */
const switching =
  /^(?:goenv|rbenv|rvm|asdf|mise|sdk|jenv|sdkman|dotnet-install\.sh)$|golang\.org\/dl|^(?:openjdk|temurin|java|dotnet-sdk|golang|ruby|msopenjdk)-?\d/;

const choosing = ['GOTOOLCHAIN', 'GOFLAGS', 'JAVA_HOME', 'RUSTUP_TOOLCHAIN', 'BUNDLE_GEMFILE'];

const bringsAnother: (stage: Stage) => boolean = remembered(
  (stage) => stage,
  ({ steps, result }) =>
    choosing.some((name) => (result.env.get(name)?.via ?? 'image') !== 'image') ||
    steps.some(({ commands }) =>
      commands.some(
        (command) =>
          (command.name === 'rustup' && !/^(?:target|component)$/.test(command.arguments[0] ?? '')) ||
          wordsOf(command).some((word) => word !== undefined && switching.test(word)),
      ),
    ),
);

/** `GOTOOLCHAIN=auto go build`, `cargo +nightly build`, `-Djava.version=17`. */
export const setsAnother = ({ shell, arguments: words }: Command): boolean =>
  shell.environment.some(({ name }) => choosing.includes(name)) ||
  words.some((word) => word === undefined || /^\+|^-D(?:java|maven\.compiler)\.|^-P/.test(word));

/** rustup, which the image has, downloads what such a file names. */
const hasToolchainFile = ({ name, workdir = '/', step }: Command): boolean =>
  name === 'cargo' &&
  ['rust-toolchain.toml', 'rust-toolchain'].some(
    (file) => step.before.rootfs.stat(join(workdir, file)).presence !== 'absent',
  );

export interface ProjectFile {
  readonly path: string;
  readonly text: string;
  readonly change: Located;
}

/** The files of a project that a call in a folder reads and that are known. */
export function* filesOf(call: ProjectCall, folder: string, rootfs: Rootfs, build: Build): Iterable<ProjectFile> {
  for (const path of pathsOf(call, folder)) {
    const text = textAt(path, rootfs, build);
    const { change } = rootfs.stat(path);
    if (text !== undefined && change !== undefined) yield { path, text, change };
  }
}

/** Beside each other, but for global.json, which may stand above, and projects of .NET, which are named after their folder. */
function pathsOf({ language, files, project }: ProjectCall, folder: string): readonly string[] {
  const found = files.map((file) => join(folder, file));
  if (language !== '.NET') return found;
  for (let at = folder; at !== '/'; at = directoryName(at)) found.push(join(directoryName(at), 'global.json'));
  const named = resolve(folder, project ?? '.');
  const isFile = /\.(?:cs|fs|vb)proj$/.test(named);
  return [
    ...found,
    ...(isFile ? [named] : ['csproj', 'fsproj'].map((kind) => join(named, `${baseName(named)}.${kind}`))),
  ];
}
