/** Bake files, https://docs.docker.com/build/bake/reference/: targets with what they inherit, variables at their defaults. */
import { at, type Data, entriesOf, itemsOf, mergedData, namedValues, textOf } from './data.ts';
import type { BuildCall, Mention } from './evidence.ts';
import { inlineOf, withInline } from './inline.ts';
import { contextOf, dockerfileOf, provenanceOf, secretId } from './parts.ts';
import type { ProjectFile } from './place.ts';
import { filePurpose, firstPurpose, namePurpose, targetPurpose } from './purpose.ts';

const mostParents = 16;

/** The targets of a bake file. One that others inherit, and that no group names, is a template. */
export function* readBake(data: Data, file: ProjectFile, main?: Data): Iterable<BuildCall> {
  const whole = main === undefined ? data : mergedData(main, data);
  const targets = at(whole, 'target');
  const inherited = new Set([...entriesOf(targets)].flatMap(([, { value }]) => textsOf(at(value, 'inherits'))));
  const grouped = new Set([...entriesOf(at(whole, 'group'))].flatMap(([, { value }]) => textsOf(at(value, 'targets'))));
  for (const [name, { line }] of entriesOf(at(data, 'target'))) {
    const isTemplate = name.startsWith('_') || (inherited.has(name) && !grouped.has(name));
    if (isTemplate && name !== 'default') continue;
    const target = resolved(name, targets, mostParents);
    if (target === undefined) continue;
    const call = targetCall(name, line, target, whole, file);
    const written = at(target, 'dockerfile-inline');
    if (written === undefined) yield call;
    else if (main === undefined) {
      const inline = inlineOf(written, (text) => interpolated(text.replaceAll('$${', '$\u0000{'), whole));
      if (inline !== undefined) yield withInline(call, { ...inline, text: inline.text.replaceAll('\u0000', '') });
    }
  }
}

const textsOf = (data: Data | undefined): readonly string[] =>
  itemsOf(data).flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [text];
  });

/** A target over those that it inherits, the later ones over the earlier. */
function resolved(name: string, targets: Data | undefined, depth: number): Data | undefined {
  const own = at(targets, name);
  if (own === undefined || depth === 0) return own;
  let found: Data | undefined;
  for (const parent of textsOf(at(own, 'inherits'))) {
    const base = resolved(parent, targets, depth - 1);
    if (base !== undefined) found = mergedData(found, base);
  }
  return mergedData(found, own);
}

function targetCall(name: string, line: number, target: Data, whole: Data, file: ProjectFile): BuildCall {
  const text = (data: Data | undefined): string | undefined => interpolated(textOf(data), whole);
  const mention = (each: string, where: number): Mention => ({ name: each, at: file.place(where) });
  const written = at(target, 'context');
  const context = contextOf(written === undefined ? '.' : text(written), file.folder);
  const named = at(target, 'dockerfile');
  const dockerfile = dockerfileOf(named === undefined ? undefined : { value: text(named) }, context, context);
  const stage = at(target, 'target');
  const stageName = text(stage);
  const attested = itemsOf(at(target, 'attest')).flatMap((item) => {
    const type = textOf(at(item, 'type'));
    const short = text(item) ?? '';
    if (type === 'provenance') return [`mode=${textOf(at(item, 'mode')) ?? 'max'}`];
    return short.startsWith('type=provenance') ? [short] : [];
  });
  return {
    by: 'bake',
    at: file.place(line),
    name,
    ...(dockerfile === undefined ? {} : { dockerfile }),
    ...(context === undefined ? {} : { context }),
    target: stage === undefined ? 'final' : stageName === undefined ? 'unknown' : mention(stageName, stage.line),
    purpose: firstPurpose([namePurpose(name), targetPurpose(stageName ?? ''), filePurpose(file.name)]),
    arguments: namedValues(at(target, 'args')).map((argument) => {
      const value = interpolated(argument.value, whole);
      return { ...mention(argument.name, argument.line), ...(value === undefined ? {} : { value }) };
    }),
    secrets: itemsOf(at(target, 'secret')).flatMap((item) => {
      const id = textOf(at(item, 'id')) ?? secretId(text(item) ?? '');
      return id === undefined ? [] : [mention(id, item.line)];
    }),
    namedContexts: [...entriesOf(at(target, 'contexts'))].map(([each, entry]) => mention(each, entry.line)),
    ...(attested[0] === undefined ? {} : { provenance: provenanceOf(attested[0]) }),
  };
}

/** Variables at their defaults. Any of them may be set from outside; one without a default, or a function, is not known. */
function interpolated(text: string | undefined, whole: Data, depth = 4): string | undefined {
  if (text === undefined || depth === 0) return undefined;
  let known = true;
  const expansions = new Map<string, string | undefined>();
  const value = text.replace(/\$\{([^}]*)(?:\}|$)/g, (_, name: string) => {
    if (!expansions.has(name)) {
      const fallback = textOf(at(whole, 'variable', name.trim(), 'default'));
      expansions.set(name, interpolated(fallback, whole, depth - 1));
    }
    const expanded = expansions.get(name);
    if (expanded === undefined || expanded === '') known = false;
    return known ? (expanded ?? '') : '';
  });
  return known && value.length <= mostCharacters ? value : undefined;
}

/** A value that is longer once its variables are expanded is not known: they can be made to double again and again. */
const mostCharacters = 10_000;
