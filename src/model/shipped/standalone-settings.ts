/** Files of settings that `next build` puts beside the standalone server. */
import { standaloneSettings } from '../../knowledge/index.ts';
import type { Build, FileChange, Rootfs, Stage, Step } from '../build.ts';
import { credentialInContext } from '../files/credential.ts';
import { join } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { buildCallOf } from '../run/command-calls.ts';

export interface StandaloneSettings {
  /** The file that is copied. */
  readonly file: FileChange;
  /** Whether a password or token is read in it. */
  readonly secret: boolean;
}

/** One that holds a secret, else the first, of an application in a folder of the stage that builds it. */
export function standaloneSettingsIn(builder: Stage, folder: string, build: Build): StandaloneSettings | undefined {
  const rootfs = builtFrom(builder);
  const found = standaloneSettings.flatMap((name): StandaloneSettings[] => {
    const { presence, change } = rootfs.stat(join(folder, name));
    if (presence !== 'present' || change === undefined || isEmptyFile(change)) return [];
    if (copiesOf(folder, name).some((path) => builder.result.rootfs.stat(path).presence === 'absent')) return [];
    const secret = isSecret(change, build);
    return secret || !isFromTemplate(change) ? [{ file: change, secret }] : [];
  });
  return found.find(({ secret }) => secret) ?? found[0];
}

/** The files as the last command that builds has them; what goes away later has been copied by then. */
function builtFrom(builder: Stage): Rootfs {
  const step = chainOf(builder)
    .flatMap(({ steps }) => steps)
    .findLast(builds);
  return (step?.after ?? builder.result).rootfs;
}

const builds = ({ commands }: Step): boolean =>
  commands.some((command) => buildCallOf(command)?.ecosystem === 'Node.js');

/** Where the copy may be: the build keeps the path of a member below the root of its workspace. */
function copiesOf(folder: string, name: string): readonly string[] {
  const parts = folder.split('/').filter((part) => part !== '');
  const standalone = join(folder, '.next/standalone');
  return [name, ...parts.map((_, at) => [...parts.slice(at), name].join('/'))].map((path) => join(standalone, path));
}

/** A file that `touch` or `>` makes, so that there is one. */
const isEmptyFile = ({ content }: FileChange): boolean => content?.kind === 'text' && content.text === '';

/** A list of what can be set, which everybody who has the sources can read. */
const isFromTemplate = ({ content }: FileChange): boolean =>
  content?.kind === 'context' && /\.(?:template|example|sample|tpl|dist|defaults?)$/.test(content.path);

function isSecret({ content, credential }: FileChange, { context }: Build): boolean {
  const known = content?.kind === 'context' ? credentialInContext(content.path, context) : credential;
  return known?.carries === 'yes';
}
