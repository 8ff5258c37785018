/** What can be done about findings: their fixes, a comment that ignores them, their rules told. */
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { ignoreComment } from '../api/ignore-comment.ts';
import type { ReportedFinding } from '../engine/lint.ts';
import { mend } from '../fix/mend.ts';
import { harmlessProse } from '../report/harmless.ts';
import { diagnosticOf, type Understood } from './diagnostics.ts';
import type { EditedText, Host, JudgedText } from './host.ts';
import { editBetween, endingOf, meets, rangeOf, textEditOf } from './places.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.dflint`;
export const explainCommand = 'dflint.explain';

/** What the reason of a new comment says until its author gives one. */
const openReason = 'TODO: say why';

export interface Abilities extends Understood {
  /** Edits can name the version of the text that they are for. */
  readonly documentChanges: boolean;
  /** Edits can make files. */
  readonly createsFiles: boolean;
  /** An edit can be asked for once its action is chosen. */
  readonly resolvesEdits: boolean;
}

export interface ActionsAsked {
  readonly range: Range;
  /** Absent: all. */
  readonly only?: readonly string[];
}

export interface VersionedText extends EditedText {
  readonly version: number;
}

/** What is kept with an action until its edit is asked for. */
export interface FixAllData {
  readonly fixAll: string;
}

export function codeActions(
  { range, only }: ActionsAsked,
  text: VersionedText,
  judged: JudgedText,
  host: Pick<Host, 'locate' | 'pageOf'>,
  abilities: Abilities,
): CodeAction[] {
  const isAsked = (kind: string): boolean =>
    only === undefined || only.some((each) => kind === each || kind.startsWith(`${each}.`));
  const actions: CodeAction[] = [];
  if (isAsked(CodeActionKind.QuickFix)) {
    const here = judged.result.findings.filter((finding) => meets(rangeOf(finding), range));
    const told = here.map((finding) => ({ finding, diagnostic: diagnosticOf(finding, text, host, abilities) }));
    for (const each of told) actions.push(...fixOf(each, text, judged, abilities));
    for (const each of told) actions.push(...ignoreOf(each, text, judged, abilities));
    for (const rule of new Set(here.map((finding) => finding.rule)))
      actions.push({
        title: `Explain ${rule}`,
        kind: CodeActionKind.QuickFix,
        diagnostics: told.filter(({ finding }) => finding.rule === rule).map(({ diagnostic }) => diagnostic),
        command: { title: `Explain ${rule}`, command: explainCommand, arguments: [rule] },
      });
  }
  if (isAsked(fixAllKind) && judged.result.findings.some(({ fix }) => fix?.safety === 'safe')) {
    const action = { title: 'Fix all that can be fixed safely', kind: fixAllKind };
    const data: FixAllData = { fixAll: text.uri };
    if (abilities.resolvesEdits) actions.push({ ...action, data });
    else {
      const edit = fixAllEdit(text, judged, abilities);
      if (edit !== undefined) actions.push({ ...action, edit });
    }
  }
  return actions;
}

interface Told {
  readonly finding: ReportedFinding;
  readonly diagnostic: Diagnostic;
}

function fixOf(
  { finding, diagnostic }: Told,
  text: VersionedText,
  judged: JudgedText,
  abilities: Abilities,
): CodeAction[] {
  const { fix } = finding;
  if (fix === undefined) return [];
  const ending = endingOf(text.text);
  const edits = fix.edits.map((edit) => textEditOf(edit, ending));
  const edit = workspaceEdit(text, edits, fix.creates, judged, abilities);
  if (edit === undefined) return [];
  const isSafe = fix.safety === 'safe';
  return [
    {
      title: `${harmlessProse(fix.says)}${isSafe ? '' : ' (may change what the image does)'}`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      ...(isSafe ? { isPreferred: true } : {}),
      edit,
    },
  ];
}

function ignoreOf(
  { finding, diagnostic }: Told,
  text: VersionedText,
  { build }: JudgedText,
  abilities: Abilities,
): CodeAction[] {
  const comment = build === undefined ? undefined : ignoreComment(build.file, finding, openReason);
  if (comment === undefined) return [];
  const edit = workspaceEdit(text, [textEditOf(comment, endingOf(text.text))], undefined, undefined, abilities);
  const title = `Ignore ${finding.rule} for this instruction`;
  return edit === undefined ? [] : [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit }];
}

/** Undefined when nothing changes. */
export function fixAllEdit(text: VersionedText, judged: JudgedText, abilities: Abilities): WorkspaceEdit | undefined {
  const mended = mend(
    { text: text.text, findings: judged.result.findings },
    judged.relint,
    ({ safety }) => safety === 'safe',
  );
  const edit = editBetween(text.text, mended.text);
  const [created] = mended.created;
  const creates = created === undefined ? undefined : { path: created[0], text: created[1] };
  return workspaceEdit(text, edit === undefined ? [] : [edit], creates, judged, abilities);
}

/** Undefined when there is nothing to do, or when it makes a file and the editor cannot. */
function workspaceEdit(
  { uri, version }: VersionedText,
  edits: readonly TextEdit[],
  creates: { readonly path: string; readonly text: string } | undefined,
  judged: JudgedText | undefined,
  { documentChanges, createsFiles }: Abilities,
): WorkspaceEdit | undefined {
  if (creates === undefined && edits.length === 0) return undefined;
  const changed = { textDocument: { uri, version }, edits: [...edits] };
  if (creates === undefined)
    return documentChanges ? { documentChanges: [changed] } : { changes: { [uri]: [...edits] } };
  const root = judged?.rootUri;
  if (!createsFiles || !documentChanges || root === undefined) return undefined;
  const made = `${root}/${creates.path.split('/').map(encodeURIComponent).join('/')}`;
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: 'create', uri: made, options: { ignoreIfExists: false, overwrite: false } },
      { textDocument: { uri: made, version: null }, edits: [{ range: { start, end: start }, newText: creates.text }] },
      ...(edits.length === 0 ? [] : [changed]),
    ],
  };
}
