/** The language server: what the protocol asks, answered by what dflint knows of a Dockerfile. */
import {
  type ClientCapabilities,
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Build } from '../model/index.ts';
import { rename, renameable } from '../outline/index.ts';
import { harmlessProse } from '../report/harmless.ts';
import { completionItems, definitionsOf, foldsOf, highlightsOf, referencesOf, symbolsIn } from './answers.ts';
import { type Abilities, codeActions, explainCommand, fixAllEdit, fixAllKind } from './code-actions.ts';
import type { EditorSettings, Host } from './host.ts';
import { hoverAt } from './hover.ts';
import { endingOf, placeOf, rangeOf, textEditOf } from './places.ts';
import { readSettings } from './settings.ts';
import { type JudgedVersion, messageOf, openTexts, usualPause } from './texts.ts';

/** Files whose change changes what is said of a Dockerfile. */
const watched: readonly string[] = [
  '**/{.dockerignore,*.dockerignore,dflint.config.*,.hadolint.yaml,.hadolint.yml}',
  '**/{package.json,package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,bun.lock,bun.lockb,.npmrc,.yarnrc.yml}',
  '**/{*compose*.yaml,*compose*.yml,docker-bake.*,skaffold.yaml,Makefile,.gitignore}',
  '**/.github/workflows/*',
];

export interface ServerOptions {
  readonly version: string;
  readonly folders: (params: InitializeParams) => readonly string[];
}

/** Answers until the client ends it. */
export function serve(connection: Connection, host: Host, { version, folders }: ServerOptions): void {
  const documents = new TextDocuments(TextDocument);
  let capabilities: ClientCapabilities = {};
  let abilities: Abilities = abilitiesOf({});
  let given: EditorSettings = {};
  const asked = new Map<string, Promise<EditorSettings>>();

  const logError = (error: unknown): void => connection.console.error(messageOf(error));

  const settingsOf = (uri: string): Promise<EditorSettings> => {
    if (capabilities.workspace?.configuration !== true) return Promise.resolve(given);
    const known =
      asked.get(uri) ??
      connection.workspace
        .getConfiguration({ scopeUri: uri, section: 'dflint' })
        .then((said: unknown) => ({ ...given, ...readSettings(said) }))
        .catch(() => given);
    asked.set(uri, known);
    return known;
  };
  const say = (message: string, type: MessageType = MessageType.Warning): void =>
    void connection.sendNotification(ShowMessageNotification.type, { type, message }).catch(logError);
  const texts = openTexts({ connection, documents, host, settingsOf, say, understood: () => abilities });

  connection.onInitialize((params): InitializeResult => {
    capabilities = params.capabilities;
    abilities = abilitiesOf(capabilities);
    given = readSettings(params.initializationOptions);
    host.setFolders(folders(params));
    return {
      serverInfo: { name: 'dflint', version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        hoverProvider: true,
        documentSymbolProvider: true,
        foldingRangeProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        renameProvider: { prepareProvider: true },
        completionProvider: { triggerCharacters: ['=', '-', '$', '{', ',', ' '] },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, fixAllKind],
          resolveProvider: abilities.resolvesEdits,
        },
        executeCommandProvider: { commands: [explainCommand] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(async () => {
    if (capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true)
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: watched.map((globPattern) => ({ globPattern })),
      });
    if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true)
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'dflint' });
    if (capabilities.workspace?.workspaceFolders === true)
      connection.workspace.onDidChangeWorkspaceFolders(async () => {
        const open = await connection.workspace.getWorkspaceFolders();
        host.setFolders((open ?? []).map(({ uri }) => uri));
        forget();
      });
  });

  const forget = (): void => {
    asked.clear();
    host.forget();
    texts.allChanged();
  };
  connection.onDidChangeWatchedFiles(forget);
  connection.onDidChangeConfiguration(({ settings }) => {
    if (typeof settings === 'object' && settings !== null && 'dflint' in settings)
      given = readSettings(settings.dflint);
    forget();
  });
  /** The versions with which texts were opened. */
  const opened = new Map<string, number>();
  documents.onDidOpen(({ document: { uri, version: first } }) => {
    opened.set(uri, first);
    texts.changed(uri, 0);
  });
  documents.onDidChangeContent(({ document: { uri, version: made } }) => {
    // What has been opened is told of at once.
    if (opened.get(uri) === made) return;
    settingsOf(uri).then(({ delay = usualPause }) => texts.changed(uri, delay), logError);
  });
  documents.onDidClose(({ document: { uri } }) => {
    opened.delete(uri);
    asked.delete(uri);
    texts.closed(uri);
  });
  documents.onDidSave(forget);

  /** An answer about a text that is a Dockerfile and can be modelled; `otherwise` for any other. */
  const about = async <Answer>(
    uri: string,
    otherwise: Answer,
    answer: (build: Build, now: JudgedVersion) => Answer,
  ): Promise<Answer> => {
    const now = await texts.judged(uri);
    const build = now?.judged.build;
    return now === undefined || build === undefined ? otherwise : answer(build, now);
  };

  connection.onHover(async ({ textDocument, position }) => {
    const now = await texts.judged(textDocument.uri);
    return now === undefined ? null : (hoverAt(now.judged, placeOf(position), host) ?? null);
  });
  connection.onDocumentSymbol(({ textDocument }) => about(textDocument.uri, [], symbolsIn));
  connection.onFoldingRanges(({ textDocument }) => about(textDocument.uri, [], foldsOf));
  connection.onDefinition(({ textDocument, position }) =>
    about(textDocument.uri, [], (build) => definitionsOf(textDocument, build, placeOf(position))),
  );
  connection.onReferences(({ textDocument, position, context }) =>
    about(textDocument.uri, [], (build) =>
      referencesOf(textDocument, build, placeOf(position), context.includeDeclaration, host),
    ),
  );
  connection.onDocumentHighlight(({ textDocument, position }) =>
    about(textDocument.uri, [], (build) => highlightsOf(build, placeOf(position))),
  );
  connection.onCompletion(({ textDocument, position }) =>
    about(textDocument.uri, [], (build) => completionItems(build, placeOf(position), host)),
  );
  connection.onPrepareRename(({ textDocument, position }) =>
    about(textDocument.uri, null, (build) => {
      const found = renameable(build, placeOf(position));
      if (found === undefined) return null;
      if ('refused' in found) return refusal(found.refused);
      return { range: rangeOf(found.span), placeholder: found.text };
    }),
  );
  connection.onRenameRequest(({ textDocument, position, newName }) =>
    about(textDocument.uri, null, (build, { text }) => {
      const renamed = rename(build, placeOf(position), newName.trim());
      if ('refused' in renamed) return refusal(renamed.refused);
      const ending = endingOf(text.text);
      const edits = renamed.edits.map((edit) => textEditOf(edit, ending));
      if (renamed.alsoIn.length > 0) say(`The old name also stands in ${harmlessProse(renamed.alsoIn.join(', '))}.`);
      const { uri, version: made } = text;
      return abilities.documentChanges
        ? { documentChanges: [{ textDocument: { uri, version: made }, edits }] }
        : { changes: { [uri]: edits } };
    }),
  );
  connection.onCodeAction(async ({ textDocument, range, context }) => {
    const now = await texts.judged(textDocument.uri);
    if (now === undefined) return [];
    const { only } = context;
    return codeActions({ range, ...(only === undefined ? {} : { only }) }, now.text, now.judged, host, abilities);
  });
  connection.onCodeActionResolve(async (action) => {
    const data: unknown = action.data;
    if (typeof data !== 'object' || data === null || !('fixAll' in data) || typeof data.fixAll !== 'string')
      return action;
    const now = await texts.judged(data.fixAll);
    const edit = now === undefined ? undefined : fixAllEdit(now.text, now.judged, abilities);
    return edit === undefined ? action : { ...action, edit };
  });
  connection.onExecuteCommand(async ({ command, arguments: words = [] }) => {
    if (command !== explainCommand) return refusal(`There is no command ${command}.`);
    const [name]: unknown[] = words;
    const told = typeof name === 'string' ? host.explain(name) : undefined;
    if (told === undefined) return refusal(`There is no rule ${harmlessProse(String(name))}.`);
    if (told.page !== undefined && capabilities.window?.showDocument?.support === true)
      void connection.window.showDocument({ uri: told.page, external: !told.page.startsWith('file:') }).catch(logError);
    else say(harmlessProse(told.short), MessageType.Info);
    return told.markdown;
  });

  documents.listen(connection);
  connection.listen();
}

const refusal = (message: string): ResponseError<void> =>
  new ResponseError(LSPErrorCodes.RequestFailed ?? ErrorCodes.InvalidRequest, message);

function abilitiesOf({ textDocument, workspace }: ClientCapabilities): Abilities {
  const told = textDocument?.publishDiagnostics;
  const edits = workspace?.workspaceEdit;
  return {
    relatedInformation: told?.relatedInformation === true,
    tags: told?.tagSupport !== undefined,
    codeDescription: told?.codeDescriptionSupport === true,
    documentChanges: edits?.documentChanges === true,
    createsFiles: edits?.resourceOperations?.includes('create') === true,
    resolvesEdits: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true,
  };
}
