/**
 * Programs that start the command a variable holds.
 *
 * Sources: https://github.com/openfaas/classic-watchdog and https://github.com/openfaas/of-watchdog (`fprocess`, split
 * at spaces, run in the working directory of the container).
 */
const variables: ReadonlyMap<string, string> = new Map([
  ['fwatchdog', 'fprocess'],
  ['of-watchdog', 'fprocess'],
]);

/** The variable whose command a start of these words runs; undefined where the words themselves are the command. */
export function commandVariableOf([program, ...rest]: readonly (string | undefined)[]): string | undefined {
  if (program === undefined || rest.length > 0) return undefined;
  return variables.get(program.slice(program.lastIndexOf('/') + 1));
}
