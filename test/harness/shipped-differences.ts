/** What the model says of a shipped image, against the image that a real build made. */
import { shippedImage } from '../../src/model/index.ts';
import type { OracleCase } from './oracle-cases.ts';

export interface Differences {
  readonly wrong: readonly string[];
  /** Files of the image, and those of them that the model holds for possible only. */
  readonly files: number;
  readonly unknown: number;
}

/** Config and files of the only target. */
export function differences({ build, truth }: OracleCase): Differences {
  const [target] = build.targets;
  if (target === undefined) throw new Error('no target');
  const said = shippedImage(build, target);
  const { image } = truth;
  const wrong: string[] = [];
  const compare = (what: string, ours: unknown, measured: unknown): void => {
    if (JSON.stringify(ours) !== JSON.stringify(measured))
      wrong.push(`${what}: ${JSON.stringify(ours)}, measured ${JSON.stringify(measured)}`);
  };
  compare('root', said.user.identity === 'root', truth.runsAsRoot);
  compare('workdir', said.workingDir, image.workdir || '/');
  compare('entrypoint', said.entrypoint.setBy === 'none' ? null : said.entrypoint.words, image.entrypoint);
  compare('cmd', said.cmd.setBy === 'none' ? null : said.cmd.words, image.cmd);
  compare('ports', said.exposedPorts, image.exposedPorts);
  compare('volumes', said.volumes, image.volumes);
  compare('labels', sorted(said.labels), Object.entries(image.labels).sort());
  const measured = new Map(image.env.map((pair) => [pair.split('=', 1)[0] ?? '', pair.replace(/^[^=]*=/, '')]));
  for (const [name, { text, via }] of said.env) if (via !== 'image') compare(`env ${name}`, text, measured.get(name));
  const entries = new Map(said.entries.map((entry) => [entry.path, entry]));
  const open = said.entries.filter((entry) => !entry.listed).map(({ path }) => (path === '/' ? '/' : `${path}/`));
  let unknown = 0;
  for (const file of truth.files) {
    const path = file.replace(/\/$/, '');
    const entry = entries.get(path);
    if (entry?.presence === 'present') continue;
    if (entry !== undefined || open.some((folder) => path.startsWith(folder))) unknown += 1;
    else if (!/^\/etc\/(passwd|group|shadow)$/.test(path)) wrong.push(`misses ${path}`);
  }
  const held = new Set(truth.files);
  for (const { path, kind, presence } of said.entries)
    if (kind === 'file' && presence === 'present' && !held.has(path)) wrong.push(`invents ${path}`);
  return { wrong, files: truth.files.length, unknown };
}

const sorted = (labels: ReadonlyMap<string, { readonly text?: string }>): unknown =>
  [...labels].map(([name, { text }]) => [name, text]).sort();
