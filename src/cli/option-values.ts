/** The values of options: what they may be, and what they mean. */
import { InvalidArgumentError } from 'commander';
import { presetNames, settingNames } from '../config/choices.ts';
import type { RuleNames } from '../engine/rule-names.ts';
import type { Setting } from '../engine/selection.ts';
import type { Preset } from '../rule.ts';
import { didYouMean, nearest } from '../syntax/suggest.ts';
import type { ShellcheckMode } from './shellcheck-program.ts';

export function addPreset(name: string, before: readonly Preset[] = []): readonly Preset[] {
  const preset = presetNames.find((each) => each === name);
  if (preset === undefined) throw new InvalidArgumentError(`Allowed choices are ${presetNames.join(', ')}.`);
  return [...before, preset];
}

/** `knowsAll`: false where plugins may bring rules; what nothing has is told once they are loaded. */
export function addSetting(
  text: string,
  before: ReadonlyMap<string, Setting> = new Map(),
  names: RuleNames,
  knowsAll: boolean,
): ReadonlyMap<string, Setting> {
  const at = text.lastIndexOf('=');
  const name = (at === -1 ? text : text.slice(0, at)).trim();
  const wanted = text.slice(at + 1).trim();
  const setting = settingNames.find((each) => each === wanted);
  if (at === -1 || name === '' || setting === undefined) {
    const meant = at === -1 ? undefined : nearestSetting(wanted);
    const sayings = settingNames.join(', ');
    throw new InvalidArgumentError(`Write NAME=SETTING with ${sayings}: ${name || 'root-user'}=${meant ?? 'off'}.`);
  }
  if (name.includes(',') || name.includes('='))
    throw new InvalidArgumentError('It takes one rule; give --rule again for the next.');
  const known = names.resolve(name) ?? (knowsAll ? undefined : name);
  if (known === undefined)
    throw new InvalidArgumentError(`There is no rule ${name}${didYouMean(names.nearest(name))}.`);
  return new Map([...before, [known, setting]]);
}

const nearestSetting = (wanted: string): Setting | undefined =>
  settingNames.find((each) => wanted.length > 2 && each.startsWith(wanted.toLowerCase())) ??
  settingNames.find((each) => each === nearest(wanted.toLowerCase(), settingNames));

export const mayBringRules = (argv: readonly string[]): boolean =>
  argv.some((word) => word === '--allow-plugins' || /^(?:--config(?:=|$)|-c)/.test(word));

export function threadCount(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('It must be a number from 1 to 99.');
  return Number(text);
}

export function shellcheckMode(text: string): ShellcheckMode {
  if (text === 'auto' || text === 'off' || text === 'required') return text;
  if (text.trim() === '') throw new InvalidArgumentError('Write auto, off, required or the path of the program.');
  return { path: text };
}

export function baselineFile(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must name a file.');
  return text;
}
