/** The answers of `dflint ships`, `graph`, `rebuild` and `config` as plain data: what `--format json` prints, and the API gives. */
import type { ShippedImage } from '../model/index.ts';

export interface ShipsReport {
  readonly version: 1;
  readonly path: string;
  readonly images: readonly ImageReport[];
}

/** What the image of one stage will hold. Lines are 1-based lines of the Dockerfile. */
export interface ImageReport {
  /** Name of the stage, or its number. */
  readonly target: string;
  readonly line: number;
  readonly base: string;
  readonly baseSize?: ShippedImage['baseSize'] | undefined;
  readonly user: {
    readonly identity: 'root' | 'non-root' | 'unknown';
    /** As the image config has it. */
    readonly name?: string | undefined;
    readonly setBy: 'instruction' | 'base';
  };
  /** Absent when not known. */
  readonly workingDir?: string | undefined;
  readonly env: readonly {
    readonly name: string;
    readonly value?: string | undefined;
    readonly setBy: 'instruction' | 'base';
  }[];
  readonly entrypoint: CommandReport;
  readonly cmd: CommandReport;
  readonly exposedPorts: readonly string[];
  readonly labels: readonly { readonly name: string; readonly value?: string | undefined }[];
  readonly volumes: readonly string[];
  readonly stopSignal?: string | undefined;
  readonly healthcheck?: readonly string[] | 'none' | undefined;
  /** Instructions that run in the builds that start from this image. */
  readonly onbuild: readonly string[];
  readonly dependencies: readonly DependenciesReport[];
  readonly caches: readonly CacheReport[];
  readonly secrets: readonly SecretReport[];
  readonly files: readonly FileReport[];
  /** What cannot be known of it. */
  readonly unknowns: readonly { readonly what: string; readonly why: string }[];
}

export interface CommandReport {
  readonly setBy: 'instruction' | 'base' | 'none' | 'unknown';
  readonly words: readonly string[];
}

/** `layer`: a later layer takes it out, and the image holds it all the same. */
type Held = 'rootfs' | 'layer';

export interface DependenciesReport {
  readonly path: string;
  readonly manager: string;
  /** Whether development packages are among them. */
  readonly development: 'yes' | 'no' | 'unknown';
  /** pnpm keeps development packages, to which no link leads, in node_modules/.pnpm. */
  readonly unlinked?: true | undefined;
  readonly place: Held;
  readonly line: number;
}

export interface CacheReport {
  readonly manager: string;
  readonly holds: string;
  /** Where it may lie; `~` is the home of the user who runs it. */
  readonly paths: readonly string[];
  readonly place: Held;
  readonly line: number;
}

export interface SecretReport {
  readonly name: string;
  readonly places: readonly (Held | 'config' | 'history' | 'provenance')[];
  readonly line: number;
}

export interface FileReport {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'link' | 'unknown';
  readonly presence: 'present' | 'unknown';
  /** Whether all that stands below it is in the list. */
  readonly listed: boolean;
  /** The instruction that brings it. */
  readonly line: number;
  /** The instruction with which it came into the build, when that was another. */
  readonly from?: number | undefined;
}

export interface GraphReport {
  readonly version: 1;
  readonly path: string;
  readonly stages: readonly GraphStage[];
}

export interface GraphStage {
  /** Absent for a stage without a name. */
  readonly name?: string | undefined;
  readonly line: number;
  readonly ships: boolean;
  /** Whether a ship target needs it. */
  readonly needed: boolean;
  readonly inputs: readonly {
    readonly via: 'base' | 'copy' | 'mount';
    /** `stage`: index into `stages`. */
    readonly from:
      | { readonly stage: number }
      | { readonly image: string }
      | { readonly kind: 'scratch' | 'context' | 'remote' };
    readonly paths: readonly string[];
    readonly line: number;
  }[];
}

export interface RebuildReport {
  readonly version: 1;
  readonly path: string;
  readonly stages: readonly RebuildStage[];
}

export interface RebuildStage {
  /** Absent for a stage without a name. */
  readonly name?: string | undefined;
  readonly line: number;
  /** Whether a ship target needs it. */
  readonly built: boolean;
  readonly steps: readonly {
    readonly line: number;
    readonly instruction: string;
    /** `perhaps`: its input is made by a step that runs again, and may come out the same. */
    readonly runs: 'yes' | 'perhaps' | 'no';
    readonly reason?: string | undefined;
  }[];
}

/** What applies to a Dockerfile, and where each value comes from. */
export interface ConfigReport {
  readonly version: 1;
  readonly file: string;
  /** The configurations that were read, those that are extended first. */
  readonly files: readonly string[];
  readonly settings: readonly SettingReport[];
}

export interface SettingReport {
  /** `failOn`, `buildArgs.TAG`, `rules.root-user`. */
  readonly name: string;
  /** Null where nothing is said: it is looked for, or comes from the environment. */
  readonly value?: unknown;
  readonly from: 'default' | 'command line' | { readonly path: string; readonly line: number; readonly column: number };
}
