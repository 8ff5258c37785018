/** What the fixes of one rule make of a text, by the command line. */
import { rules } from '../../rules/index.ts';
import { runCli } from './run-cli.ts';

export interface FixOptions {
  /** A folder with the build context. */
  readonly cwd?: string;
  readonly safeOnly?: true;
}

/** The text after the fixes of `rule`, all other rules switched off. */
export async function fixed(rule: string, text: string, { cwd, safeOnly }: FixOptions = {}): Promise<string> {
  const others = rules.filter(({ id }) => id !== rule).flatMap(({ id }) => ['--rule', `${id}=off`]);
  const words = ['--no-config', '--shellcheck', 'off', '--preset', 'all', '--min-confidence', 'possible', ...others];
  const asked = safeOnly === true ? ['--fix'] : ['--fix', '--unsafe-fixes'];
  const { out } = await runCli([...words, ...asked, '-'], { stdin: text, ...(cwd === undefined ? {} : { cwd }) });
  return out;
}
