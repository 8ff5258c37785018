/** What the page and the thread of the engine say to each other. Plain data. */
import type {
  DockerfileResult,
  GraphReport,
  ImageReport,
  RebuildReport,
  ReportedFinding,
  RuleDescription,
} from '../index.ts';

/** What is judged: a Dockerfile and what is known of its folder. */
export interface Workspace {
  readonly text: string;
  /** Paths from the root of the build context, and their texts; null for a file of which only the name matters. */
  readonly files: Readonly<Record<string, string | null>>;
  /** Whether there are no other files; else nothing is known of them. */
  readonly complete: boolean;
}

export interface Question {
  /** Counts up; an answer to an older one is out of date. */
  readonly version: number;
  readonly workspace: Workspace;
  /** A path of the build context of which is asked what its change makes run again. */
  readonly changed?: string;
}

/** What is found, said first. */
export interface Judgement {
  readonly version: number;
  readonly result: DockerfileResult;
  /** Rules that have found something, by id. */
  readonly rules: Readonly<Record<string, RuleDescription>>;
}

/** What the build is and what comes out of it, said after the findings. */
export interface Outline {
  readonly version: number;
  readonly graph: GraphReport;
  readonly images: readonly ImageReport[];
  readonly rebuild?: RebuildReport;
  /** First line of each stage, and the line after its last one. */
  readonly stages: readonly { readonly from: number; readonly end: number }[];
}

export type FixChoice = 'safe' | 'all' | ReportedFinding;

/** Asks for a text with the fix of one finding, or with all fixes that can be made. */
export interface FixQuestion {
  readonly fix: FixChoice;
  readonly version: number;
  readonly workspace: Workspace;
}

export interface FixAnswer {
  readonly version: number;
  readonly text: string;
  readonly fixed: number;
  /** Files that the fixes make, by their path in the build context. */
  readonly created: Readonly<Record<string, string>>;
}

/** A bug of the engine, in words. */
export interface Broken {
  readonly version: number;
  readonly error: string;
}

export type Asked = Question | FixQuestion;
export type Answered = Judgement | Outline | FixAnswer | Broken;
