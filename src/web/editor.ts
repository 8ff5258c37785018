/** The editor: a Dockerfile with its findings underlined, and lines that are lit from elsewhere on the page. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { dockerFile } from '@codemirror/legacy-modes/mode/dockerfile';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState, RangeSetBuilder, StateEffect, StateField, type Text } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  type ViewUpdate,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { ReportedFinding, Span } from '../index.ts';

/** How a line stands out: `place` of the finding that is selected, `trail` that proves it, `again` when it is run again. */
export type Light = 'place' | 'trail' | 'again';

export interface Editor {
  text(): string;
  /** Replaces what differs, so that the cursor and the history stay. */
  setText(text: string): void;
  setFindings(findings: readonly ReportedFinding[]): void;
  /** First line and light; later ones go before earlier ones. */
  light(lines: ReadonlyMap<number, Light>): void;
  /** Moves the cursor to a place and shows it. */
  show(span: Span, focus: boolean): void;
}

export interface EditorEvents {
  /** `anew`: the user put it in place of all that there was. */
  changed(text: string, anew: boolean): void;
  /** 1-based line. */
  moved(line: number): void;
}

const setLights = StateEffect.define<ReadonlyMap<number, Light>>();

const lights = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, { effects, docChanged, changes, state }) {
    for (const effect of effects) if (effect.is(setLights)) return decorations(effect.value, state.doc);
    return docChanged ? shown.map(changes) : shown;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function decorations(lines: ReadonlyMap<number, Light>, text: Text): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const [line, light] of [...lines].sort(([one], [other]) => one - other)) {
    if (line < 1 || line > text.lines) continue;
    const { from } = text.line(line);
    builder.add(from, from, Decoration.line({ class: `lit lit-${light}` }));
  }
  return builder.finish();
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, class: 'token-keyword' },
  { tag: tags.comment, class: 'token-comment' },
  { tag: tags.string, class: 'token-string' },
  { tag: [tags.variableName, tags.meta], class: 'token-name' },
]);

export function createEditor(parent: HTMLElement, text: string, events: EditorEvents): Editor {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        StreamLanguage.define(dockerFile),
        syntaxHighlighting(colours),
        lights,
        keymap.of([...lintKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': 'Dockerfile', spellcheck: 'false' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) events.changed(update.state.doc.toString(), replacesAll(update));
          if (update.docChanged || update.selectionSet)
            events.moved(update.state.doc.lineAt(update.state.selection.main.head).number);
        }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    setText(wanted) {
      const change = difference(view.state.doc.toString(), wanted);
      if (change !== undefined) view.dispatch({ changes: change, userEvent: 'input.fix' });
    },
    setFindings(findings) {
      const { doc } = view.state;
      view.dispatch(setDiagnostics(view.state, findings.map((finding) => diagnosticOf(finding, doc)).sort(byPlace)));
    },
    light: (lines) => view.dispatch({ effects: setLights.of(lines) }),
    show(span, focus) {
      const { from, to } = rangeOf(span, view.state.doc);
      view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
      if (focus) view.focus();
    },
  };
}

/** Whether the user put another text in place of the whole one. */
function replacesAll({ changes, transactions }: ViewUpdate): boolean {
  let whole = false;
  changes.iterChangedRanges((from, to) => {
    whole = from === 0 && to > 0 && to === changes.length;
  });
  return whole && !transactions.some((transaction) => transaction.isUserEvent('input.fix'));
}

const byPlace = (one: Diagnostic, other: Diagnostic): number => one.from - other.from || one.to - other.to;

const diagnosticOf = (finding: ReportedFinding, text: Text): Diagnostic => ({
  ...rangeOf(finding, text),
  severity: finding.severity,
  source: finding.rule,
  message: finding.message,
});

/** A span of a text that has changed since is cut to what there is. */
function rangeOf({ line, column, endLine, endColumn }: Span, text: Text): { from: number; to: number } {
  const at = (number: number, offset: number): number => {
    if (number > text.lines) return text.length;
    const { from, to } = text.line(number);
    return Math.min(to, from + offset - 1);
  };
  const from = at(line, column);
  return { from, to: Math.max(from, at(endLine, endColumn)) };
}

/** What is between the common start and the common end; undefined when nothing differs. */
function difference(before: string, after: string): { from: number; to: number; insert: string } | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
