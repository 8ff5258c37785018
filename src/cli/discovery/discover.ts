/** The Dockerfiles of a folder that a run names: those below it, and what compose and bake files there build. */
import { readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { isBakeName, isComposeName } from '../../context/index.ts';
import { repositoryRoot } from '../config/find.ts';
import type { ConfigReader } from '../config-file.ts';
import type { Progress } from '../progress.ts';
import { decode, type Input } from '../read.ts';
import { type Exclusion, isExcluded } from './exclude.ts';
import { type PointedInline, pointedTo } from './pointed.ts';
import { slashed } from './slashed.ts';
import { walk } from './walk.ts';

export interface DiscoveryWorld {
  readonly cwd: string;
  /** What --exclude says. */
  readonly exclusions: readonly Exclusion[];
  readonly configs: Pick<ConfigReader, 'configOf'>;
  readonly progress: Progress;
}

/** `path`: a folder as the user names it, as which its files are shown. One that has no Dockerfile is an error. */
export async function discover(path: string, world: DiscoveryWorld): Promise<readonly Input[]> {
  const { cwd, configs } = world;
  const root = slashed(resolve(cwd, path));
  const shown = (location: string): string => slashed(join(path, relative(root, location)));
  const configIn = async (folder: string) => (await configs.configOf({ location: join(folder, 'Dockerfile') })).loaded;
  const here = await configIn(root);
  const given = [...world.exclusions, ...here.excluded];
  const walked = walk(root, given, (folders) =>
    world.progress.step(() => `looking for Dockerfiles, ${folders} folders`),
  );
  const pointed = await pointedTo([...buildersAbove(root), ...walked.builders], cwd);
  const kept = async (location: string): Promise<boolean> => {
    // The configuration nearest to a file counts; that of the folder itself has been asked.
    const own = await configIn(dirname(location));
    return own === here || !own.excluded.some((each) => isExcluded(location, each));
  };
  const files = new Set([...walked.dockerfiles, ...pointed.dockerfiles.filter((each) => walked.reaches(each))]);
  const inputs: Input[] = [];
  let { leftOut } = walked;
  for (const location of [...files].sort())
    if (!(await kept(location))) leftOut += 1;
    else inputs.push({ file: { path: shown(location), location } });
  for (const each of pointed.inlines)
    if (walked.reaches(each.location) && (await kept(each.location))) inputs.push(inlineInput(each, shown));
  const refused = walked.refused.map(({ location, message }): Input => ({ error: { path: shown(location), message } }));
  if (inputs.length + refused.length > 0) return [...inputs, ...refused];
  const but = leftOut === 0 ? '' : ` but what .gitignore or --exclude leaves out (${leftOut})`;
  const message = `no Dockerfile in this directory${but}; name the file, or a directory that holds one`;
  return [{ error: { path, message } }];
}

/** What a compose or bake file builds that is named itself. */
export async function discoverBuilt(path: string, { cwd }: Pick<DiscoveryWorld, 'cwd'>): Promise<readonly Input[]> {
  const location = slashed(resolve(cwd, path));
  const folder = slashed(dirname(location));
  const shown = (each: string): string => slashed(join(dirname(path), relative(folder, each)));
  const { dockerfiles, inlines } = await pointedTo([folder], cwd, location);
  const files = dockerfiles.map((each): Input => ({ file: { path: shown(each), location: each } }));
  const inputs = [...files, ...inlines.map((each) => inlineInput(each, shown))];
  return inputs.length > 0 ? inputs : [{ error: { path, message: 'builds no Dockerfile that is there' } }];
}

function inlineInput({ location, text, inline }: PointedInline, shown: (location: string) => string): Input {
  const read = decode(shown(location), new TextEncoder().encode(text), location);
  return 'file' in read ? { file: { ...read.file, inline } } : read;
}

/** Folders above, to the root of the repository, whose compose and bake files may name what is below. */
function buildersAbove(root: string): readonly string[] {
  const top = repositoryRoot(root);
  const found: string[] = [];
  // Without a repository nothing says that what is above has to do with it.
  for (let folder = root; top !== undefined && folder !== slashed(top); ) {
    folder = slashed(dirname(folder));
    if (namesOf(folder).some((name) => isComposeName(name) || isBakeName(name))) found.push(folder);
  }
  return found;
}

function namesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
