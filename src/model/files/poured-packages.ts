/** COPY of node_modules, or of yarn's .yarn, into the directory of the application: what is in it lands there, not it. */
import type { Build, CopyInstruction, Located, Step } from '../build.ts';
import type { Fix } from '../mends/fix.ts';
import { writtenAt } from '../mends/written.ts';
import { textAt } from '../state/word-values.ts';
import { copiesIn } from './copy-destinations.ts';
import { baseName, normalise, resolve } from './path.ts';

export interface PouredPackages extends Located {
  readonly what: 'node_modules' | '.yarn';
  /** Absolute. */
  readonly into: string;
  /** Where it is the only source, its name behind the destination. */
  readonly fix?: Fix;
}

/** The destination is the working directory: elsewhere something may take the packages from there. */
export function* pouredPackages(build: Build): Iterable<PouredPackages> {
  for (const { step, instruction } of copiesIn(build)) {
    const { destination, parents, sources } = instruction;
    const written = textAt(destination, step, build);
    if (parents || written === undefined) continue;
    const { workdir } = step.before;
    if (workdir === undefined || workdir === '/') continue;
    const into = resolve(workdir, written);
    if (into !== workdir || into.split('/').includes('node_modules')) continue;
    for (const word of sources) {
      const path = textAt(word, step, build);
      const what = path === undefined ? undefined : baseName(normalise(path));
      if (what !== '.yarn' && (what !== 'node_modules' || isSearched(into, step))) continue;
      const fix = sources.length === 1 ? nameBehind(instruction, what, build) : undefined;
      yield { span: word.span, what, into, ...(fix === undefined ? {} : { fix }) };
    }
  }
}

/** Whether Node.js is told to look there, or that may be. */
function isSearched(directory: string, { stage }: Step): boolean {
  const told = stage.result.env.get('NODE_PATH');
  if (told === undefined) return false;
  return told.text === undefined || told.text.split(':').includes(directory);
}

function nameBehind({ destination }: CopyInstruction, what: PouredPackages['what'], build: Build): Fix | undefined {
  const written = writtenAt(build, destination.span);
  if (written === undefined || !/^[\w./-]+$/.test(written)) return undefined;
  const text = `${written.replace(/\/$/, '')}/${what}`;
  return { says: `Copy to ${text}`, safety: 'unsafe', edits: [{ at: destination.span, text }] };
}
