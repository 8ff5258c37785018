/** One configuration as layers: what it says of all files, then its overrides. */
import type { ConfigPath } from './document.ts';
import { readGlobs } from './glob.ts';
import type { ConfigOrigin, Layer } from './layers.ts';
import type { CommonConfig, Config } from './schema.ts';

export interface LayerPlace {
  origin(at: ConfigPath): ConfigOrigin;
  /** The path of a Dockerfile as globs see it: relative to the folder of the configuration, with `/`. */
  within(path: string): string;
  /** What is said, with paths made absolute. */
  says(said: CommonConfig, at: ConfigPath): CommonConfig;
}

export function layersOf(config: Config, { origin, within, says: resolved }: LayerPlace): readonly Layer[] {
  const layer = ({ presets, ...says }: CommonConfig, at: ConfigPath): Layer => ({
    says: resolved(says, at),
    ...(presets === undefined
      ? {}
      : { presets: { names: typeof presets === 'string' ? [presets] : presets, adds: false, at: ['presets'] } }),
    origin: (inner) => origin([...at, ...inner]),
  });
  const { overrides = [], ...all } = config;
  return [
    layer(all, []),
    ...overrides.map(({ files, ...says }, at): Layer => {
      const globs = readGlobs(typeof files === 'string' ? [files] : files);
      return { ...layer(says, ['overrides', at]), files: { take: (path) => globs.take(within(path)) } };
    }),
  ];
}
