/**
 * The build as the rules see it. Words of BuildKit for how an image is built (stage, base, target,
 * mount), of the OCI image specification for what is shipped (layer, rootfs, whiteout, config).
 *
 * Everything here is frozen by type and total: a Dockerfile with faults gives a Build with fewer
 * things in it. Unknown is a value: an absent `text`, the presence `unknown`.
 */
import type { BuildContext } from '../context/context.ts';
import type { BuildCall, BuildEvidence } from '../context/evidence/evidence.ts';
import type { BaseImageFacts, Invocation, PackageManager } from '../knowledge/index.ts';
import type {
  CommandInstruction,
  CommandLine,
  CopyInstruction,
  Dockerfile,
  FromInstruction,
  Guard,
  ImageReference,
  Instruction,
  Located,
  Mount,
  RunInstruction,
  ShellCommand,
  ShellScript,
  Span,
  Word,
} from '../syntax/index.ts';

export interface Build {
  readonly file: Dockerfile;
  /** As given, empty when not known. */
  readonly path: string;
  readonly context: BuildContext;
  /** In the order of the file. */
  readonly stages: readonly Stage[];
  readonly edges: readonly StageEdge[];
  /** The stages whose images are shipped: those asked for, else those that files of the project build, else the final one. */
  readonly targets: readonly Stage[];
  /** The stages that the targets need, where rules judge several builds that differ in them; absent where all are judged. */
  readonly scope?: ReadonlySet<Stage>;
  /** Why each target is one. */
  readonly shipsBecause: ReadonlyMap<Stage, ShipReason>;
  /** What files of the project say of how this Dockerfile is built. */
  readonly evidence: BuildEvidence;
  /** FROM, `--from` and `from=` that name no earlier stage: images, named contexts, and what was meant as a stage. */
  readonly outsideReferences: readonly OutsideReference[];
  /** Numbers after `--from=` and `from=` that name no earlier stage. */
  readonly danglingReferences: readonly DanglingReference[];
  /** ARGs before the first FROM, which every FROM sees; in order, the last of a name counts. */
  readonly globalArguments: ReadonlyMap<string, Value>;
  /** Every ARG and ENV that brings a secret in, global ARGs too. */
  readonly secrets: readonly Secret[];
  /** The start of the file, for findings about the whole of it. */
  readonly start: Located;
  /** The day, as 2027-01-31, by which dates are judged; absent where nobody gives one. */
  readonly today?: string;
}

/** `final`: nobody says otherwise, and `docker build` makes the last stage. */
export type ShipReason =
  | { readonly because: 'asked' | 'final' }
  | { readonly because: 'evidence'; readonly call: BuildCall; readonly at: Located };

export interface OutsideReference extends Located {
  /** The stage that holds it. */
  readonly stage: Stage;
  readonly via: 'base' | 'copy' | 'mount';
  /** The name, variables expanded. */
  readonly name: string;
  /** A later stage of this name, or the stage itself. */
  readonly namesake?: Stage;
  /** The build's caller gives a context of this name. */
  readonly namedContext: boolean;
}

export interface Stage extends Located {
  readonly index: number;
  readonly from: FromInstruction;
  /** The name after AS. */
  readonly name?: Word;
  /** The name, lower-cased, or `stage-N` as BuildKit prints it. */
  readonly id: string;
  readonly base: Base;
  /** Last in the file: what `docker build` makes when nothing else is asked for. */
  readonly final: boolean;
  /** A ship target needs it, itself included. */
  readonly reachable: boolean;
  /** Its own instructions, without FROM, in order. */
  readonly steps: readonly Step[];
  /** Layers of this stage, not those of its base. */
  readonly layers: readonly Layer[];
  readonly result: State;
}

export type Base =
  | {
      readonly kind: 'image';
      readonly reference: ImageReference;
      readonly facts?: BaseImageFacts;
      readonly text: string;
      /** The tag comes with an argument that is not known; `reference` has none then. */
      readonly openTag?: true;
    }
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'scratch' }
  | { readonly kind: 'unresolved'; readonly text: string };

export interface StageEdge extends Located {
  readonly from: Stage;
  readonly to: Stage;
  readonly via: 'base' | 'copy' | 'mount';
  /** Referred to by its number. */
  readonly byNumber: boolean;
}

export interface DanglingReference extends Located {
  readonly number: number;
  readonly stage: Stage;
  readonly via: 'copy' | 'mount';
  readonly reason: 'itself' | 'later' | 'absent';
}

/** One instruction with the state around it. */
export interface Step extends Located {
  readonly stage: Stage;
  readonly instruction: Instruction;
  readonly before: State;
  readonly after: State;
  /** RUN: the commands it runs, inner scripts opened, those left out that certainly do not run. */
  readonly commands: readonly Command[];
  /** What it copies is taken as not known, as more has been copied before it than is followed. */
  readonly isUnfollowed?: true;
  /** RUN: as it is written. */
  readonly script?: ShellScript;
  /** What of the build context makes this step run again when it changes: its own inputs and those of the steps before it. */
  readonly cacheInputs: readonly CacheInput[];
}

/** A command of a RUN with what is known of the world it runs in. */
export interface Command extends Located {
  readonly step: Step;
  readonly shell: ShellCommand;
  /** Name without its directory, absent when unknown. */
  readonly name?: string;
  /** Expanded words after the name; undefined where a word is not known. */
  readonly arguments: readonly (string | undefined)[];
  readonly workdir?: string;
  readonly runs: 'always' | 'sometimes';
  readonly invocation?: Invocation;
  /** Set when it installs what a manifest says. */
  readonly install?: Install;
  /**
   * What is run by the scripts that it calls, in order, as far as their text is known; set when there is some. Places
   * are those of the call, and texts are not those of the file.
   */
  readonly within?: readonly Command[];
  /** Files that it needs and that are not there, as far as the model knows; set when there are some. */
  readonly absent?: readonly AbsentFile[];
}

export interface AbsentFile extends Located {
  /** Absolute. */
  readonly path: string;
  /** A program that an interpreter is told to run. */
  readonly runs?: true;
}

/** Something of the build context that a step reads. */
export interface CacheInput {
  /** The instruction that takes it. */
  readonly step: Step;
  /** Where the path is written. */
  readonly at: Located;
  /** Path or glob as written, relative to the context root. */
  readonly path: string;
  /** Whether it is application source, which changes with each edit, or what an install needs. */
  readonly holds: 'source' | 'install-input' | 'unknown';
  /** Where it lands, absolute. */
  readonly destination: string;
  /** The stage it came through, for COPY --from. */
  readonly through?: Stage;
  /** A bind mount shows it to the step: it is part of the cache key, and of no layer. */
  readonly mounted?: true;
}

export type Ternary = 'yes' | 'no' | 'unknown';

/** An install of dependencies from a manifest. */
export interface Install {
  /** Where a script installs, the command of the RUN that calls the script. */
  readonly command: Command;
  /** What decides whether it runs, in the RUN or in the script. */
  readonly guards: readonly Guard[];
  /** Node.js package manager, or another ecosystem's (`pip`, `bundler`, …). */
  readonly manager: PackageManager | (string & {});
  readonly node: boolean;
  readonly version?: string;
  /** Directory of the manifest, absolute; absent when unknown. */
  readonly directory?: string;
  /** Whether development packages are installed. */
  readonly development: Ternary;
  /** Nothing leaves them out, and the manifest that may name some is not seen. */
  readonly mayBringDevelopment?: true;
  /** Nothing in the file leaves them out; a variable of the base image, which is not known, may. */
  readonly leftToBase?: true;
  /** Whether it keeps to the lockfile. */
  readonly frozen: Ternary;
  /** Whether its manifest names development packages. */
  readonly declaresDevelopment: Ternary;
  readonly manifest: Presence;
  /** A lockfile that this manager reads, in the directory of the manifest or (workspaces) above it. */
  readonly lockfile: Presence;
  /** The manager stops without a lockfile. */
  readonly needsLockfile: boolean;
  /** It takes the newest versions that the manifest allows, whatever the lockfile says (`composer update`). */
  readonly updates?: true;
  /** The lockfiles that it reads beside the manifest, absolute; absent for Node.js. */
  readonly locks?: readonly string[];
  /** An earlier install of the same chain and directory has been done: this one prunes, completes or runs offline. */
  readonly follows?: Install;
  /** Named packages (`npm install x`); they come on top of what the manifest says. */
  readonly adds: readonly string[];
  /** Manifests are enough, for it or a call before it that installs the dependencies (`pip install .` builds the source itself). */
  readonly separable: boolean;
  /** Its manifest runs scripts of the project or names folders of it: source may have to be there. */
  readonly needsSource: boolean;
  /** Names of the scripts of the manifest that it runs, where there are such, in order; absent where that is not known. */
  readonly scripts?: readonly string[];
  /** Variables that settings files of the manager name: their values come from its environment. */
  readonly variables?: readonly string[];
  /** It downloads nothing. */
  readonly offline: boolean;
  /** Where it keeps what it downloads (pnpm: its store), absolute; `told` by a flag, a variable or a setting. Absent where that is not known. */
  readonly cache?: { readonly path: string; readonly told: boolean };
  /** Yarn 2+ that keeps the packages as archives (`pnp`), or may do so, its configuration not being known; absent where it fills node_modules. */
  readonly linker?: 'pnp' | 'unknown';
  /** Manifests that it reads, absolute; globs where their names are free. */
  readonly reads: readonly string[];
}

export type Presence = 'present' | 'absent' | 'unknown';

/** A folder that an install fills and programs load packages from: `node_modules`, `vendor`, `.venv`. */
export interface DependencyTree {
  readonly install: Install;
  readonly development: Ternary;
  /** The command that took development packages out again, when one did. */
  readonly prunedBy?: Command;
  /** What was to take them out, and asked first. */
  readonly unanswered?: UnansweredPurge;
  readonly unlinked?: UnlinkedPackages;
  /** `pnpm prune` at the root of a workspace: it has taken the links of all members away. */
  readonly strippedBy?: Command;
}

/** Development packages of pnpm that no link leads to, and that stay in node_modules/.pnpm. */
export interface UnlinkedPackages {
  /** The call that brought them. */
  readonly install: Install;
  /** That which took the links away, or made none: the one that brought them where none has come after it. */
  readonly by: Command;
}

/** A call of pnpm that asks whether it may remove packages, in a build, where nobody answers. */
export interface UnansweredPurge {
  readonly command: Command;
  /** `stops`: the build; `goes on`: nothing is removed, and the call succeeds; `either`: by the version, which is not known. */
  readonly outcome: 'stops' | 'goes on' | 'either';
}

export interface Layer {
  readonly step: Step;
  /** What the layer adds, over what was there: files made and removed by the same instruction are not in it. */
  readonly changes: readonly FileChange[];
}

export type Content =
  /** From the build context; a directory holds what the context has there, less what the globs `without` take. */
  | {
      readonly kind: 'context';
      readonly path: string;
      readonly entry: 'file' | 'directory' | 'unknown';
      readonly without: readonly string[];
    }
  /** A glob over a context that is not known: what it takes is not known either. */
  | { readonly kind: 'context-glob'; readonly pattern: string }
  | { readonly kind: 'dependencies'; readonly tree: DependencyTree }
  /** Written by an instruction or command; `text` with U+FFFC for what is not known. */
  | { readonly kind: 'text'; readonly text?: string }
  | { readonly kind: 'directory' }
  /** A symbolic link; `to` is absolute, `written` what it says where that is relative: elsewhere it leads elsewhere. */
  | { readonly kind: 'link'; readonly to: string; readonly written?: string }
  /** A tree that a command makes: what is in it is not known. `build-output` never holds manifests or lockfiles. */
  | { readonly kind: 'output'; readonly makes: 'build-output' | 'anything' }
  /** `turbo prune --docker`: `json` (manifests), `full` (sources). */
  | { readonly kind: 'pruned-workspace'; readonly part: 'json' | 'full' | 'root' }
  | { readonly kind: 'remote'; readonly url: string }
  | { readonly kind: 'image'; readonly image: string }
  | { readonly kind: 'secret'; readonly mount: Mount }
  | { readonly kind: 'unknown' };

export interface FileChange extends Located {
  readonly kind: 'addition' | 'removal';
  /** Absolute, normalised. */
  readonly path: string;
  readonly step: Step;
  readonly runs: 'always' | 'sometimes';
  /** Something stands at this path where this change is not made, too: another arm of the `if` puts it there, or it was there. */
  readonly eitherWay?: boolean;
  readonly content?: Content;
  readonly credential?: Credential;
  /** The file that was copied, moved or linked. */
  readonly source?: FileChange;
  /** Of what a tree takes of a directory above it: the path of that directory. */
  readonly partOf?: string;
  /** Order of changes over the whole build. */
  readonly sequence: number;
}

/** What makes a file a credential. */
export interface Credential {
  /** `npmrc`, `yarnrc`, … as in `knowledge/secrets/credential-files.ts`. */
  readonly kind: string;
  /** `yes`: a token is in it; `unknown`: its content is not known. Harmless files have no Credential. */
  readonly carries: 'yes' | 'unknown';
  readonly secrets: readonly Secret[];
}

/** A file system while it is built: what is known of each path. */
export interface Rootfs {
  /** What stands at an absolute path, links on the way to it followed. */
  stat(path: string): FileStat;
  /** Where the symbolic link at a path leads, when one certainly stands there. */
  linkAt(path: string): string | undefined;
  /** The visible changes at and below a path, in the order they were made. */
  under(path: string): readonly FileChange[];
  /**
   * What makes up the tree at a path: the changes at and below it, and the parts of directories above it that
   * reach down to it, oldest first. What was removed from a directory of the context is left out of it.
   * `since`: only what has come in since this earlier view of the same file system.
   */
  trees(path: string, since?: Rootfs): readonly FileChange[];
  /** How many additions were made at and below a path, seen or not: what it costs to look at its tree. */
  extent(path: string): number;
  /** What stands at and below a path, parents before children, context directories opened. What is gone is not in it. */
  entries(path: string): Iterable<RootfsEntry>;
}

/** Something that stands in a file system. Directories that only lead to it have no entry of their own. */
export interface RootfsEntry {
  /** Absolute. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'link' | 'unknown';
  /** `unknown`: some builds have it, or it cannot be told. */
  readonly presence: Exclude<Presence, 'absent'>;
  /** Whether all that stands below it has entries too; not so for dependency trees, outputs of commands, parts of other images. */
  readonly listed: boolean;
  readonly change: FileChange;
}

export interface FileStat {
  readonly presence: Presence;
  /** The change that explains it, also where it is only possible. */
  readonly change?: FileChange;
  /** No instruction makes it; the base, which is known, brings it or may do so. */
  readonly fromBase?: true;
}

/** A value of ENV or ARG. */
export interface Value extends Located {
  /** Absent when not known (ARG without a default). */
  readonly text?: string;
  /** It is not known because variables make it longer, or are deeper in one another, than what is followed. */
  readonly isTooLong?: true;
  readonly via: 'ENV' | 'ARG' | 'LABEL' | 'image';
  /** Given from outside the file: with --build-arg, or by a file of the project. */
  readonly given?: boolean;
  readonly secrets: readonly Secret[];
}

export interface User extends Located {
  readonly identity: 'root' | 'non-root' | 'unknown';
  /** As it stands in the image config; absent when not known or not set. */
  readonly name?: string;
  readonly setBy: 'instruction' | 'base';
}

export interface State {
  readonly env: ReadonlyMap<string, Value>;
  readonly args: ReadonlyMap<string, Value>;
  /** Absolute; undefined when not known. */
  readonly workdir: string | undefined;
  readonly user: User;
  /** SHELL as set, or as `# hadolint shell=` tells it; undefined for the default of the base. */
  readonly shell: readonly string[] | undefined;
  readonly rootfs: Rootfs;
  readonly entrypoint: StartCommand | undefined;
  readonly cmd: StartCommand | undefined;
  /** `80/tcp`, by the EXPOSE that names it; a port that is not known stays as it is written. */
  readonly exposedPorts: ReadonlyMap<string, Located>;
  readonly labels: ReadonlyMap<string, Value>;
  /** Absolute or as written, by the VOLUME that names it. */
  readonly volumes: ReadonlyMap<string, Located>;
  /** Undefined when not set in this file. */
  readonly stopSignal: (Located & { readonly text?: string }) | undefined;
  /** `none`: HEALTHCHECK NONE. Undefined when not set in this file. */
  readonly healthcheck: (Located & { readonly command: CommandLine | 'none' }) | undefined;
  readonly onbuild: readonly Instruction[];
  /** What is known of the versions of package managers, by `npm`, `yarn`, `pnpm`, `bun`. */
  readonly managers: ReadonlyMap<string, string>;
  /** Settings made with `npm config set` and its kin. */
  readonly settings: ReadonlyMap<string, string | undefined>;
}

export interface StartCommand extends Located {
  readonly instruction: CommandInstruction;
  /** The shell that runs a shell form: SHELL as it was at this instruction. */
  readonly shell: readonly string[] | undefined;
  readonly script: ShellScript;
  /** Expanded words of the first command; empty when it cannot be read. */
  readonly words: readonly (string | undefined)[];
}

/** A secret on its way into the build. */
export interface Secret extends Located {
  readonly name: string;
  readonly via: 'ARG' | 'ENV' | 'mount' | 'literal';
  /** Where a value was given in the file: `literal` a real one, `placeholder` a dummy one, `none` comes from outside. */
  readonly value: 'literal' | 'placeholder' | 'none';
  /** The stage it is declared in; absent for a global ARG. */
  readonly stage?: Stage;
  /** Instructions that expand it. */
  readonly uses: readonly Step[];
  /** A secret mount carries the same thing: the ARG is a remainder of a migration. */
  readonly alsoMounted: boolean;
}

export type { CopyInstruction, Located, Mount, RunInstruction, Span };
