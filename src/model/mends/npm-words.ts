/** Words that a call of npm lacks. */

import type { Build } from '../build.ts';
import type { LostScriptOption, UnknownNpmCommand } from '../run/npm-calls.ts';
import type { Fix } from './fix.ts';
import { writtenAt } from './written.ts';

/** `npm run build` for `npm build`, `npm install` for `npm intall`. */
export function npmCommand(build: Build, { span, word, near, call: { form } }: UnknownNpmCommand): Fix | undefined {
  if (writtenAt(build, span) !== (form === 'exec' ? JSON.stringify(word) : word)) return undefined;
  const text = near === undefined ? ['run', word] : [near];
  return {
    says: `Write ${text.join(' ')}`,
    safety: 'unsafe',
    edits: [{ at: span, text: form === 'exec' ? text.map((each) => JSON.stringify(each)).join(', ') : text.join(' ') }],
  };
}

/** `--` in front of the options, which then are the script's; undefined where some behind it are npm's. */
export function optionsHandedOn(build: Build, { span, onlyLost, call: { form } }: LostScriptOption): Fix | undefined {
  const written = writtenAt(build, span);
  if (!onlyLost || written === '') return undefined;
  return {
    says: 'Write -- in front of them',
    safety: 'unsafe',
    edits: [{ at: span, text: form === 'exec' ? `"--", ${written}` : `-- ${written}` }],
  };
}
