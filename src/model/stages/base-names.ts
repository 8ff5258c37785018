/** Names after FROM that come to nothing: variables that FROM does not see, and what no image can be called. */
import {
  expand,
  type Located,
  nearest,
  type Pair,
  parseImageReference,
  referenceSpan,
  type Span,
  type Word,
} from '../../syntax/index.ts';
import type { Build, Stage } from '../build.ts';
import { remembered } from '../remembered.ts';
import { evaluate, type Lookup, predefinedArguments } from '../state/environment.ts';
import { globalDefaults, globalPairs } from './taken-images.ts';

export interface UndefinedBaseArgument extends Located {
  readonly name: string;
  readonly within: 'image' | 'platform';
  /** Without it the image or the platform has no name that there can be: no build gets past this FROM. */
  readonly fatal: boolean;
  /** A declared name that is spelled nearly so. */
  readonly similar?: string;
  /** The ARG of this name in a stage above, which FROM does not see. */
  readonly declaredInStage?: Located;
}

/** Variables in FROM that no ARG before the first FROM declares: nobody can give them a value. */
export function* undefinedBaseArguments(build: Build): Iterable<UndefinedBaseArgument> {
  const declared = [...build.globalArguments.keys(), ...predefinedArguments];
  const similarOf = new Map<string, string | undefined>();
  for (const stage of build.stages) {
    const { image, platform } = stage.from;
    let isInvalid: boolean | undefined;
    const words: readonly (readonly [Word, 'image' | 'platform'])[] =
      platform === undefined
        ? [[image, 'image']]
        : [
            [platform, 'platform'],
            [image, 'image'],
          ];
    for (const [word, within] of words)
      for (const reference of expand(word.raw, () => null, { escape: build.file.escape }).references) {
        const { name } = reference;
        if (build.globalArguments.has(name) || predefinedArguments.has(name)) continue;
        if (!similarOf.has(name)) similarOf.set(name, nearest(name, declared));
        const similar = similarOf.get(name);
        isInvalid ??= invalidName(stage, build) !== undefined;
        const inStage = stageArguments(build).get(name);
        const isAbove = inStage !== undefined && inStage.stage.index < stage.index;
        yield {
          span: referenceSpan(stage.from, word, reference),
          name,
          within,
          fatal: within === 'image' ? isInvalid : lacksPlatform(word, build),
          ...(similar === undefined ? {} : { similar }),
          ...(isAbove ? { declaredInStage: inStage.pair } : {}),
        };
      }
  }
}

/** Whether a part of the platform is empty: `linux/` is refused as nothing at all is. */
const lacksPlatform = (platform: Word, build: Build): boolean =>
  evaluate(platform, knownValues(build), build.file.escape)?.split('/').includes('') === true;

export interface InvalidBaseName extends Located {
  /** What BuildKit makes of the name. */
  readonly text: string;
  /** Global ARGs in the name that are worth nothing unless the build is given them: no default, or a placeholder. */
  readonly needed: readonly string[];
  /** Global ARGs in the name that have a value. */
  readonly defaults: readonly Pair[];
}

/** Bases that no image can be called like, with what is known to be given to the build. */
export function* invalidBaseNames(build: Build): Iterable<InvalidBaseName> {
  const pairs = globalDefaults(build);
  const lookup = knownValues(build);
  for (const stage of build.stages) {
    const { image } = stage.from;
    const declared = image.references.every((name) => build.globalArguments.has(name) || predefinedArguments.has(name));
    const text = declared ? invalidName(stage, build) : undefined;
    if (text === undefined || image.text === '') continue;
    const isMissing = (name: string): boolean => {
      const value = lookup(name) ?? '';
      return value === '' || isPlaceholder(value);
    };
    const defaults = image.references.flatMap((name) => (isMissing(name) ? [] : (pairs.get(name) ?? [])));
    const names = [...image.references, ...defaults.flatMap(({ value }) => value?.references ?? [])];
    const needed = names.filter((name) => isMissing(name) && build.globalArguments.has(name));
    yield { span: image.span, text, needed, defaults };
  }
}

/** What BuildKit makes of a base's name when it cannot be one; undefined when it can, or is not known. */
function invalidName(stage: Stage, build: Build): string | undefined {
  const { image } = stage.from;
  const text = evaluate(image, knownValues(build), build.file.escape);
  if (text === undefined || text === '') return text;
  const { base } = stage;
  if (base.kind === 'stage' && base.stage.id === text.toLowerCase()) return undefined;
  const isTemplate = image.references.length === 0 && isPlaceholder(text);
  const fits = text === 'scratch' || isTemplate || parseImageReference(text) !== undefined;
  return fits || namedContextSpans(build).has(image.span) ? undefined : text;
}

/** `{{image}}`, `<image>`, `%%IMAGE%%`, `@IMAGE@`: another program makes a Dockerfile of this file first. */
const isPlaceholder = (text: string): boolean => /[{}<>%]|^@.*@$/.test(text);

/** A named context may have a name that no image can have. */
const namedContextSpans: (build: Build) => ReadonlySet<Span> = remembered(
  (build) => build.outsideReferences,
  (build) => new Set(build.outsideReferences.filter((each) => each.namedContext).map(({ span }) => span)),
);

/** Global ARGs with what is given to them or their defaults; null for those that have neither. */
const knownValues: (build: Build) => Lookup = remembered(
  (build) => build.globalArguments,
  (build) => {
    const values = new Map<string, string | null | undefined>();
    const lookup: Lookup = (name) =>
      values.has(name) ? values.get(name) : predefinedArguments.has(name) ? undefined : null;
    for (const { name, value } of globalPairs(build)) {
      const known = name.text === undefined ? undefined : build.globalArguments.get(name.text);
      if (name.text === undefined || known === undefined) continue;
      if (known.given === true) values.set(name.text, known.text);
      else if (value !== undefined) values.set(name.text, evaluate(value, lookup, build.file.escape));
      else if (!values.has(name.text)) values.set(name.text, null);
    }
    return lookup;
  },
);

/** The ARGs in stages, where no FROM sees them: name to the first. */
const stageArguments: (build: Build) => ReadonlyMap<string, { readonly pair: Pair; readonly stage: Stage }> =
  remembered(
    (build) => build.stages,
    (build) => {
      const found = new Map<string, { pair: Pair; stage: Stage }>();
      for (const stage of build.stages)
        for (const { instruction } of stage.steps)
          for (const pair of instruction.keyword === 'ARG' ? instruction.pairs : [])
            if (pair.name.text !== undefined && !found.has(pair.name.text)) found.set(pair.name.text, { pair, stage });
      return found;
    },
  );
