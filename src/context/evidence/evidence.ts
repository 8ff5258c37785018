/** What files of a project tell of how a Dockerfile is built and run. */
import type { Elsewhere, Located } from '../../syntax/source.ts';

/** A place in a file beside the Dockerfile. */
export interface ProjectPlace extends Located {
  readonly elsewhere: Elsewhere;
}

export type CallPurpose = 'production' | 'development' | 'test' | 'unknown';

/** A build argument that is passed; without `value` it comes from a variable, a secret or the environment. */
export interface PassedArgument {
  readonly name: string;
  readonly value?: string;
  readonly at: ProjectPlace;
}

/** A name that stands in a project's file: of a target, a secret, a named context. */
export interface Mention {
  readonly name: string;
  readonly at: ProjectPlace;
}

export interface InlineDockerfile {
  /** What the builder gets, variables at their defaults. */
  readonly text: string;
  /** The same before that, a line for each line of `text`. */
  readonly written: string;
  /** Line of the file on which it starts. */
  readonly line: number;
  /** Lines of `text` that hold a variable whose value is not known; 1-based. */
  readonly uncertain: readonly number[];
}

/** One way in which the project builds an image: a compose service, a bake target, a step of a workflow, an action, a command line. */
export interface BuildCall {
  readonly by: 'compose' | 'bake' | 'workflow' | 'action' | 'skaffold' | 'command';
  readonly at: ProjectPlace;
  /** Service, bake target, job or rule. */
  readonly name: string;
  /** Absolute path; `*` stands for a part that is not known. Absent when nothing is known of it. */
  readonly dockerfile?: string;
  /** The Dockerfile that stands in the file itself (`dockerfile_inline`), which then has no path. */
  readonly inline?: InlineDockerfile;
  /** Absolute path of the build context; absent when it is remote or not known. */
  readonly context?: string;
  /** `final`: none is named, so the last stage is built. `unknown`: named by a variable. */
  readonly target: Mention | 'final' | 'unknown';
  readonly purpose: CallPurpose;
  readonly arguments: readonly PassedArgument[];
  readonly secrets: readonly Mention[];
  readonly namedContexts: readonly Mention[];
  /** The compose service starts a development server or tests in place of the image's own command. */
  readonly startsForDevelopers?: true;
  /** What the container runs as, by the compose service. */
  readonly user?: Mention;
  /** What the compose service asks for the health of the container, in place of the check of the image, as a line for a shell. */
  readonly probe?: { readonly line: string; readonly at: ProjectPlace; readonly form: 'exec' | 'shell' };
  /**
   * The provenance attestation that is attached: `max` and `max-if-public` keep the values of build
   * arguments, `min` does not. Absent when the call does not say.
   */
  readonly provenance?: 'max' | 'min' | 'none' | 'max-if-public';
}

export interface BuildEvidence {
  /** The calls that build this Dockerfile. */
  readonly calls: readonly BuildCall[];
  /** Files that say how something is built, whether they speak of this Dockerfile or not. */
  readonly files: readonly string[];
  /** Files that may say so, too, but cannot be understood. */
  readonly unread: readonly string[];
}

export const noEvidence: BuildEvidence = Object.freeze({ calls: [], files: [], unread: [] });
