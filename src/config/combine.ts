/** What a run is told by a configuration and by its command line, which goes first. */
import { ignoreWithoutReason } from '../engine/ignore-rules.ts';
import type { Selection, Setting } from '../engine/selection.ts';
import type { Preset, Rule } from '../rule.ts';
import type { Config } from './schema.ts';

export interface SelectionOptions {
  readonly presets: readonly Preset[];
  readonly settings: ReadonlyMap<string, Setting>;
}

export function selectionOf(config: Config, given: SelectionOptions, rules: readonly Rule[]): Selection {
  const settings = new Map<string, Setting>();
  const options = new Map<string, unknown>();
  for (const [name, said] of Object.entries(config.rules ?? {})) {
    settings.set(name, typeof said === 'string' ? said : said[0]);
    if (typeof said !== 'string') options.set(name, said[1]);
  }
  for (const [name, setting] of given.settings) {
    // What the command line says of a rule goes before what the file says of its codes.
    for (const code of rules.find(({ id }) => id === name)?.replaces ?? [])
      if (!given.settings.has(code)) settings.delete(code);
    settings.set(name, setting);
  }
  if (config.requireReason === true && !settings.has(ignoreWithoutReason.id))
    settings.set(ignoreWithoutReason.id, 'on');
  return { presets: given.presets.length > 0 ? given.presets : presetsOf(config), settings, options };
}

function presetsOf({ presets = 'recommended' }: Config): readonly Preset[] {
  return typeof presets === 'string' ? [presets] : presets;
}
