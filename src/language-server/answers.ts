/** What can be asked of a text: its symbols, names, folds, completions. */
import {
  type CompletionItem,
  CompletionItemKind,
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  type Location,
  SymbolKind,
} from 'vscode-languageserver';
import type { Build } from '../model/index.ts';
import {
  type Candidate,
  completionsAt,
  foldsIn,
  type NamePlace,
  nameAt,
  type OutlineSymbol,
  outlineSymbols,
  type Position,
} from '../outline/index.ts';
import { harmlessProse } from '../report/harmless.ts';
import type { EditedText, Host } from './host.ts';
import { rangeOf } from './places.ts';

const symbolKinds = {
  stage: SymbolKind.Module,
  instruction: SymbolKind.Event,
  argument: SymbolKind.Property,
  environment: SymbolKind.Variable,
} as const;

export const symbolsIn = (build: Build): DocumentSymbol[] => outlineSymbols(build).map(symbolOf);

const symbolOf = ({ kind, name, detail, span, selection, children }: OutlineSymbol): DocumentSymbol => ({
  kind: symbolKinds[kind],
  name: harmlessProse(name) || kind,
  detail: harmlessProse(detail),
  range: rangeOf(span),
  selectionRange: rangeOf(selection),
  children: children.map(symbolOf),
});

/** Editors want one fold a line: the widest of those that start there. */
export function foldsOf(build: Build): FoldingRange[] {
  const widest = new Map<number, FoldingRange>();
  for (const { line, endLine, kind } of foldsIn(build)) {
    const known = widest.get(line);
    if (known !== undefined && known.endLine >= endLine - 1) continue;
    const fold = { startLine: line - 1, endLine: endLine - 1 };
    widest.set(line, kind === 'comment' ? { ...fold, kind: FoldingRangeKind.Comment } : fold);
  }
  return [...widest.values()].sort((one, other) => one.startLine - other.startLine);
}

const locationOf = ({ uri }: Pick<EditedText, 'uri'>, { span }: Pick<NamePlace, 'span'>): Location => ({
  uri,
  range: rangeOf(span),
});

/** Of a variable the definition that its value here comes from; on a definition all of them. */
export function definitionsOf(text: Pick<EditedText, 'uri'>, build: Build, at: Position): Location[] {
  const found = nameAt(build, at);
  if (found === undefined) return [];
  const definitions = found.name.places.filter(({ role }) => role === 'definition');
  const { place } = found;
  const origin =
    place.role === 'reference' && place.value !== undefined
      ? definitions.filter(({ value }) => value?.span === place.value?.span)
      : [];
  return (origin.length > 0 ? origin : definitions).map((each) => locationOf(text, each));
}

/** Those in other files of the project come last. */
export function referencesOf(
  text: Pick<EditedText, 'uri'>,
  build: Build,
  at: Position,
  withDefinitions: boolean,
  host: Pick<Host, 'locate'>,
): Location[] {
  const found = nameAt(build, at);
  if (found === undefined) return [];
  const { places, mentions } = found.name;
  const own = places
    .filter(({ role }) => withDefinitions || role === 'reference')
    .map((each) => locationOf(text, each));
  const others = mentions.flatMap(({ span, elsewhere }) =>
    elsewhere === undefined ? [] : [{ uri: host.locate(text, elsewhere.path), range: rangeOf(span) }],
  );
  return [...own, ...others];
}

export const highlightsOf = (build: Build, at: Position): DocumentHighlight[] =>
  (nameAt(build, at)?.name.places ?? [])
    .filter(({ written }) => written !== 'unnamed')
    .map(({ span, role }) => ({
      range: rangeOf(span),
      kind: role === 'definition' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));

const itemKinds = {
  stage: CompletionItemKind.Module,
  variable: CompletionItemKind.Variable,
  flag: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  rule: CompletionItemKind.Event,
  keyword: CompletionItemKind.Keyword,
} as const;

export function completionItems(build: Build, at: Position, host: Pick<Host, 'names'>): CompletionItem[] {
  const found = completionsAt(build, at, host.names);
  if (found === undefined) return [];
  const range = rangeOf(found.span);
  return found.candidates.map(({ kind, text, detail, late }: Candidate, index) => ({
    label: text,
    kind: itemKinds[kind],
    detail: harmlessProse(detail),
    sortText: `${late === true ? 1 : 0}${String(index).padStart(4, '0')}`,
    filterText: text,
    textEdit: { range, newText: text },
  }));
}
