/** What a run is told by a configuration and by its command line, which goes first. */
import { ignoreWithoutReason } from '../engine/ignore-rules.ts';
import type { Selection, Setting } from '../engine/selection.ts';
import type { Preset, Rule } from '../rule.ts';
import type { AppliedConfig } from './layers.ts';

export interface SelectionOptions {
  readonly presets: readonly Preset[];
  readonly settings: ReadonlyMap<string, Setting>;
}

export function selectionOf(config: AppliedConfig, given: SelectionOptions, rules: readonly Rule[]): Selection {
  const settings = new Map<string, Setting>();
  const options = new Map<string, unknown>();
  for (const [name, said] of config.rules) {
    settings.set(name, said.setting.value);
    if (said.options !== undefined) options.set(name, said.options.value);
  }
  for (const [name, setting] of given.settings) {
    // What the command line says of a rule goes before what the file says of its codes.
    for (const code of rules.find(({ id }) => id === name)?.replaces ?? [])
      if (!given.settings.has(code)) settings.delete(code);
    settings.set(name, setting);
  }
  if (config.requireReason?.value === true && !settings.has(ignoreWithoutReason.id))
    settings.set(ignoreWithoutReason.id, 'on');
  const { value: presets = ['recommended'] } = config.presets ?? {};
  return { presets: given.presets.length > 0 ? given.presets : presets, settings, options };
}
