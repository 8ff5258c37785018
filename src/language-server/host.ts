/** What the server needs of the world: the command line gives it, with its own reading of files and configurations. */
import type { LintResult, ReportedFinding } from '../engine/lint.ts';
import type { Build } from '../model/index.ts';
import type { NamedRule } from '../outline/index.ts';
import type { Rule } from '../rule.ts';

/** A text as the editor has it. */
export interface EditedText {
  readonly uri: string;
  readonly text: string;
}

/** A text with all that files around it and configurations say of it. */
export interface JudgedText {
  /** Absent for a file in the language of another frontend. */
  readonly build?: Build;
  /** As the command line shows it: what is not sure enough or known from the baseline left out. */
  readonly result: LintResult;
  /** What would be said of another text in its place. */
  readonly relint: (text: string) => readonly ReportedFinding[];
  /** Whether ShellCheck has not been asked about some of it. */
  readonly isOpen: boolean;
  /** What is wrong with the configuration that applies, and with what it names. */
  readonly faults: readonly string[];
  /** The URI of the folder of the build context, where it is known. */
  readonly rootUri?: string;
  /** Rules by their ids, those of plugins too. */
  readonly rules: ReadonlyMap<string, Rule>;
}

/** What users set in their editors, beside the configuration. */
export interface EditorSettings {
  /** The configuration file, from the workspace folder; false for none. */
  readonly config?: string | false;
  readonly shellcheck?: 'auto' | 'off' | 'required';
  readonly minConfidence?: 'certain' | 'likely' | 'possible';
  /** Milliseconds after the last key until the text is judged. */
  readonly delay?: number;
}

export interface ExplainedRule {
  /** All of it. */
  readonly markdown: string;
  /** A sentence or two. */
  readonly short: string;
  /** Where it is told of, too. */
  readonly page?: string;
}

export interface Host {
  judge(text: EditedText, settings: EditorSettings): Promise<JudgedText>;
  /** Has ShellCheck read what it has not read yet; whether there is more to say now. */
  askShellcheck(text: EditedText, settings: EditorSettings): Promise<boolean>;
  /** Something was told: what can wait until nobody does may be done now. */
  rest(): void;
  /** Forgets what was read from files. */
  forget(): void;
  /** Folders that are open, by their URIs. */
  setFolders(uris: readonly string[]): void;
  /** The URI of a path as findings and names show it, seen from a text. */
  locate(text: Pick<EditedText, 'uri'>, path: string): string;
  /** Where a rule is told of; undefined where no page is known. */
  pageOf(rule: string): string | undefined;
  /** A rule or code told; undefined for a name that nothing has. */
  explain(name: string): ExplainedRule | undefined;
  /** What ignore comments may name. */
  readonly names: readonly NamedRule[];
}
