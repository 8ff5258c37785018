/** Names of stages, files and licences as they are spelled where they are made. */
import type { Build } from '../build.ts';
import type { MissingSource } from '../context/missing-source.ts';
import type { LabelFault } from '../shipped/label-schema.ts';
import type { MisnamedStage } from '../stages/misnamed-stage.ts';
import type { Fix } from './fix.ts';
import { givenName, stageNaming } from './stage-names.ts';
import { writtenAt } from './written.ts';

/** The name of the stage that is meant, where a reference may have it: one that comes later has to be moved by hand. */
export function stageByName(build: Build, { span, name, meant, fault }: MisnamedStage): Fix | undefined {
  if (writtenAt(build, span) !== name || fault === 'later' || fault === 'itself') return undefined;
  const right = meant.name === undefined ? givenName(build, meant) : meant.name.text?.toLowerCase();
  if (right === undefined) return undefined;
  const naming = meant.name === undefined ? stageNaming(build, meant)?.edits : [];
  return {
    says: right === name ? `Name the stage ${right}` : `Write ${right}`,
    // No image has capital letters: the build stops there.
    safety: fault === 'capitals' ? 'safe' : 'unsafe',
    edits: right === name && naming !== undefined ? naming : [...(naming ?? []), { at: span, text: right }],
  };
}

/** The path as the build context has it. */
export function sourceThatIs(build: Build, { word, path, meant }: MissingSource): Fix | undefined {
  if (meant === undefined || word.references.length > 0) return undefined;
  const written = writtenAt(build, word.span);
  const [start = ''] = /^"?(?:\.?\/)*/.exec(written) ?? [];
  const [end = ''] = /(?<!\/)\/*"?$/.exec(written.slice(start.length)) ?? [];
  if (written !== `${start}${path}${end}` || /[\s"'\\$]/.test(meant)) return undefined;
  // The build stops here as it is.
  const isSame = path.toLowerCase() === meant.toLowerCase();
  return {
    says: `Write ${meant}`,
    safety: isSame ? 'safe' : 'unsafe',
    edits: [{ at: word.span, text: `${start}${meant}${end}` }],
  };
}

/** The identifier of a licence. */
export function licenceByName(build: Build, { span, licence }: LabelFault): Fix | undefined {
  if (licence?.instead === undefined) return undefined;
  const written = writtenAt(build, span);
  const parts = written.split(licence.part);
  if (parts.length !== 2 || /["'\\\s]/.test(licence.instead)) return undefined;
  return {
    says: `Write ${licence.instead}`,
    safety: licence.fault === 'spelling' ? 'safe' : 'unsafe',
    edits: [{ at: span, text: parts.join(licence.instead) }],
  };
}
