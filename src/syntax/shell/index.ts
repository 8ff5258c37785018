/** The shell layer: what a RUN, CMD, ENTRYPOINT or HEALTHCHECK runs, as simple commands. */
export type {
  Assignment,
  CaseGuard,
  Guard,
  Interpreter,
  LoopGuard,
  Pipeline,
  Redirect,
  ShellCommand,
  ShellScript,
  ShellWord,
  ShellWordPart,
  StatusGuard,
} from './command.ts';
export { interpreterOf, optionsInForce, posixShellIn, type ShellInForce, shebangOf } from './dialect.ts';
export { type ExpandOptions, expandShellWord, expandShellWords, type VariableLookup } from './expand.ts';
export { guardsHold } from './guard.ts';
export { simpleCommands } from './order.ts';
export { type ParseOptions, parseShell } from './parse.ts';
export { commandScript, type RunOptions, runScript } from './run.ts';
export { type ShellOptions, shellOptions } from './shell-options.ts';
export { type CommandState, commandStates, workingDirectories } from './state.ts';
export { evaluateTest, type FileTest, type Outcome, type ShellWorld } from './test.ts';
export { unreadScripts } from './unread.ts';
export { commandName, wrappersOf } from './wrapper.ts';
