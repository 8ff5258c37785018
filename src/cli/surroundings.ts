import type { Command } from 'commander';

/** The world around a run, so that tests can bring their own. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly terminal: boolean;
  readonly columns: number;
  /** Whether standard error is a terminal. */
  readonly errorTerminal?: boolean;
  /** The day, as 2027-01-31. */
  readonly today: string;
  /** What another thread runs; absent where there is but one. */
  readonly thread?: URL;
  /** What is known is kept from run to run; absent where nothing is. */
  readonly keeps?: Keeps;
  /** The folder of the pages that tell of rules; absent where they are not installed. */
  readonly pages?: URL;
  /** What is longer than a Dockerfile may be need not be read to its end. */
  stdin(): Promise<Uint8Array>;
  out(text: string): void;
  err(text: string): void;
  /** Is given the definition of a command whose help is asked for. */
  define?(program: Command): void;
}

/** Plain data. */
export interface Keeps {
  /** Absolute; absent where the user has no folder for such things. */
  readonly folder?: string;
  /** Tells this dflint from every other. */
  readonly version: string;
  /** The time as Date.now() has it; absent for that of the clock. */
  readonly now?: number;
}
