/** What the workflow says under `with:`, as the words of a command line. */
import { resolve } from 'node:path';
import { wordsOf } from './words.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What dflint is called with. */
export interface Call {
  /** The absolute folder that it is called in. */
  readonly cwd: string;
  /** Without the formats that the action itself reads. */
  readonly options: readonly string[];
  readonly paths: readonly string[];
  /** As the workflow names it, which is from the workspace. */
  readonly sarifFile?: string;
  readonly summary: boolean;
}

/** What the workflow says that cannot be done, in words for its author. */
export class InputFault extends Error {}

/** GitHub gives inputs as INPUT_NAME, in capitals, with hyphens as they are; what is not given is empty. */
export function readInputs(env: Environment, cwd: string): Call {
  const given = (name: string): string => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  const words = (name: string): readonly string[] => {
    const found = wordsOf(given(name));
    if (found === undefined) throw new InputFault(`the input ${name} has a quote that is never closed`);
    return found;
  };
  const option = (name: string): readonly string[] => (given(name) === '' ? [] : [`--${name}=${given(name)}`]);
  const workspace = env['GITHUB_WORKSPACE'] || cwd;
  const sarifFile = given('sarif-file');
  const formats = words('format');
  const paths = words('paths');
  return {
    cwd: resolve(workspace, given('working-directory')),
    options: [
      ...option('config'),
      ...option('fail-on'),
      ...(formats.length === 0 ? ['github'] : formats).map((format) => `--format=${format}`),
      ...(sarifFile === '' ? [] : [`--format=sarif=${resolve(workspace, sarifFile)}`]),
      ...words('args'),
    ],
    paths: paths.length === 0 ? ['.'] : paths,
    ...(sarifFile === '' ? {} : { sarifFile }),
    summary: isYes(given('summary')),
  };
}

/** The spellings of YAML 1.2, as in the toolkit of actions; yes when nothing is said. */
function isYes(text: string): boolean {
  if (/^(?:true|True|TRUE|)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  throw new InputFault(`the input summary is ${JSON.stringify(text)}; write true or false`);
}
