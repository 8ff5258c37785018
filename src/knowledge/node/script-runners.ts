/** Programs that run several scripts of package.json, by name. */

/** Options of npm-run-all, run-s and run-p that take no value: https://github.com/mysticatea/npm-run-all/tree/master/docs */
const plainOptions =
  /^(?:-[clnsprPS]+|--(?:continue-on-error|print-label|print-name|serial|sequential|parallel|race|silent|aggregate-output))$/;

/** The scripts that these words ask for; none where another program is called, or patterns and options name more or fewer. */
export function scriptsRunTogether([program, ...words]: readonly (string | undefined)[]): readonly string[] {
  if (program === undefined || !/^(?:run-s|run-p|npm-run-all2?)$/.test(program)) return [];
  const scripts: string[] = [];
  for (const word of words) {
    if (word === undefined || word === '--') return [];
    if (plainOptions.test(word)) continue;
    if (!/^[\w:.-]+$/.test(word) || word.startsWith('-')) return [];
    scripts.push(word);
  }
  return scripts;
}
