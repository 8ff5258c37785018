/** dflint in VS Code: starts the language server that comes with the extension, or the one that the user names. */
import {
  type CodeAction,
  CodeActionKind,
  commands,
  type ExtensionContext,
  Range,
  type TextDocument,
  TextDocumentSaveReason,
  type TextEdit,
  type Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { LanguageClient, type ServerOptions, TransportKind } from 'vscode-languageclient/node';

const fixAllKind = CodeActionKind.SourceFixAll.append('dflint');

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand('dflint.restart', () => restart(context)),
    commands.registerCommand('dflint.showOutput', () => client?.outputChannel.show()),
    commands.registerCommand('dflint.fixAll', async () => {
      const document = window.activeTextEditor?.document;
      if (document?.languageId !== 'dockerfile') return;
      const edit = new WorkspaceEdit();
      edit.set(document.uri, [...(await safeFixes(document))]);
      await workspace.applyEdit(edit);
    }),
    workspace.onWillSaveTextDocument((event) => {
      const { document, reason } = event;
      if (document.languageId !== 'dockerfile' || reason !== TextDocumentSaveReason.Manual) return;
      if (workspace.getConfiguration('dflint', document.uri).get<boolean>('fixOnSave', false))
        event.waitUntil(safeFixes(document));
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('dflint.path') || event.affectsConfiguration('dflint.arguments')) restart(context);
    }),
  );
  await start(context);
}

export async function deactivate(): Promise<void> {
  const running = client;
  client = undefined;
  if (running?.isRunning()) await running.stop();
}

async function start(context: ExtensionContext): Promise<void> {
  const settings = workspace.getConfiguration('dflint');
  const path = settings.get<string>('path', '');
  const args = ['lsp', ...settings.get<string[]>('arguments', [])];
  const server: ServerOptions =
    path === ''
      ? { module: context.asAbsolutePath('server/bin/dflint.js'), args, transport: TransportKind.stdio }
      : { command: path, args, transport: TransportKind.stdio };
  client = new LanguageClient('dflint', 'dflint', server, {
    documentSelector: [{ language: 'dockerfile' }],
    synchronize: { configurationSection: 'dflint' },
  });
  try {
    await client.start();
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    window.showErrorMessage(`dflint could not be started${path === '' ? '' : ` (${path})`}: ${what}`);
  }
}

async function restart(context: ExtensionContext): Promise<void> {
  await deactivate();
  await start(context);
}

/** What the server offers as its safe fixes, all together. */
async function safeFixes(document: TextDocument): Promise<readonly TextEdit[]> {
  const whole = new Range(0, 0, document.lineCount, 0);
  const actions = await commands.executeCommand<readonly CodeAction[] | undefined>(
    'vscode.executeCodeActionProvider',
    document.uri,
    whole,
    fixAllKind.value,
  );
  return (actions ?? []).flatMap(({ edit }) => editsOf(edit, document.uri));
}

const editsOf = (edit: WorkspaceEdit | undefined, uri: Uri): readonly TextEdit[] => edit?.get(uri) ?? [];
