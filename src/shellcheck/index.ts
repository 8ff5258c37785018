/** The public face of the ShellCheck layer: scripts to give it, and findings from what it says of them. */
import { type Build, type CheckableScript, checkableScripts } from '../model/index.ts';
import { findingsOf, type ShellcheckFinding } from './findings.ts';
import { leftOut } from './ratings.ts';
import type { ShellcheckComment } from './report.ts';
import { type ScriptText, scriptText } from './script-text.ts';

export { isGivenOn, type ShellcheckFinding } from './findings.ts';
export type { ShellcheckComment } from './report.ts';

/** Options of the program; the files come after them. No configuration of the machine has a say. */
export const shellcheckOptions: readonly string[] = [
  '--norc',
  '--severity=style',
  '--format=json1',
  `--exclude=${[...leftOut].map((code) => `SC${code}`).join(',')}`,
];

/** A script of a Dockerfile, waiting for what ShellCheck says of it. */
export interface OpenScript {
  /** What ShellCheck is to read; of equal texts it says the same. */
  readonly text: string;
  findings(comments: readonly ShellcheckComment[]): Iterable<ShellcheckFinding>;
}

export const openScripts = (build: Build): readonly OpenScript[] =>
  [...checkableScripts(build)].map((script) => openScript(script, scriptText(script)));

/** What waits for the answer is little: the build goes. */
const openScript = ({ dialect, isOpen }: CheckableScript, text: ScriptText): OpenScript => ({
  text: text.text,
  findings: (comments) => findingsOf({ dialect, isOpen }, text, comments),
});
