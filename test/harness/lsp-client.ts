/** A client of the language server: vscode-jsonrpc over the pipes of a child process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  createMessageConnection,
  type Diagnostic,
  type InitializeResult,
  type MessageConnection,
  type Position,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { commandWords } from './command.ts';

/** What the editors of today understand. */
export const modernClient: ClientCapabilities = {
  workspace: {
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
    didChangeWatchedFiles: { dynamicRegistration: true },
    didChangeConfiguration: { dynamicRegistration: true },
    workspaceFolders: true,
    configuration: true,
  },
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      versionSupport: true,
      codeDescriptionSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    codeAction: { resolveSupport: { properties: ['edit'] }, dataSupport: true },
  },
};

export interface ClientOptions {
  /** Folders of the workspace. */
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** Answers to workspace/configuration. */
  readonly configuration?: () => unknown;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Client {
  readonly connection: MessageConnection;
  readonly process: ChildProcess;
  readonly initialized: InitializeResult;
  /** All that has come, in order. */
  readonly published: readonly PublishDiagnosticsParams[];
  /** Texts of window/showMessage. */
  readonly messages: readonly string[];
  /** Methods and options of client/registerCapability. */
  readonly registered: readonly { readonly method: string; readonly registerOptions?: unknown }[];
  readonly errors: () => string;
  /** Opens a text and gives its first diagnostics. */
  open(uri: string, text: string, languageId?: string): Promise<readonly Diagnostic[]>;
  /** The whole text anew; the version goes up. */
  change(uri: string, text: string): number;
  /** Diagnostics that come from now on, of this version if one is given. */
  next(uri: string, version?: number): Promise<PublishDiagnosticsParams>;
  request<Answer>(method: string, params: unknown): Promise<Answer>;
  /** As the protocol says; gives the exit status. */
  stop(): Promise<number | null>;
}

const running = new Set<ChildProcess>();

export async function startClient(options: ClientOptions = {}): Promise<Client> {
  const {
    folders = [],
    capabilities = modernClient,
    initializationOptions,
    configuration,
    args = [],
    env = {},
  } = options;
  const [program = '', ...words] = commandWords;
  const child = spawn(program, [...words, 'lsp', '--stdio', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: tmpdir(),
    env: { ...process.env, ...env },
  });
  running.add(child);
  const errors: string[] = [];
  child.stderr.on('data', (chunk) => errors.push(String(chunk)));
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const published: PublishDiagnosticsParams[] = [];
  const waiting = new Set<(told: PublishDiagnosticsParams) => void>();
  const messages: string[] = [];
  const registered: { method: string; registerOptions?: unknown }[] = [];
  const versions = new Map<string, number>();
  connection.onNotification('textDocument/publishDiagnostics', (told: PublishDiagnosticsParams) => {
    published.push(told);
    for (const wake of waiting) wake(told);
  });
  connection.onNotification('window/showMessage', ({ message }: { message: string }) => void messages.push(message));
  connection.onRequest('client/registerCapability', ({ registrations }: { registrations: typeof registered }) => {
    registered.push(...registrations);
    return null;
  });
  connection.onRequest('workspace/configuration', ({ items }: { items: readonly unknown[] }) =>
    items.map(() => configuration?.() ?? null),
  );
  connection.listen();
  const workspaceFolders = folders.map((folder) => ({ uri: uriOf(folder), name: folder }));
  const [first] = workspaceFolders;
  const initialized: InitializeResult = await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: first?.uri ?? null,
    workspaceFolders: capabilities.workspace?.workspaceFolders === true ? workspaceFolders : undefined,
    capabilities,
    initializationOptions,
  });
  await connection.sendNotification('initialized', {});

  const next = (uri: string, version?: number): Promise<PublishDiagnosticsParams> =>
    new Promise((done, fail) => {
      const late = setTimeout(() => {
        waiting.delete(wake);
        fail(new Error(`no diagnostics of ${uri} ${version ?? ''}: ${errors.join('')}`));
      }, 25_000);
      const wake = (told: PublishDiagnosticsParams): void => {
        if (told.uri !== uri || (version !== undefined && told.version !== version)) return;
        waiting.delete(wake);
        clearTimeout(late);
        done(told);
      };
      waiting.add(wake);
    });

  return {
    connection,
    process: child,
    initialized,
    published,
    messages,
    registered,
    errors: () => errors.join(''),
    async open(uri, text, languageId = 'dockerfile') {
      versions.set(uri, 1);
      const told = next(uri, 1);
      await connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text },
      });
      return (await told).diagnostics;
    },
    change(uri, text) {
      const version = (versions.get(uri) ?? 0) + 1;
      versions.set(uri, version);
      void connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
      return version;
    },
    next,
    request: (method, params) => connection.sendRequest(method, params),
    async stop() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      const status = await ended;
      connection.dispose();
      running.delete(child);
      return status;
    },
  };
}

/** Ends what a failed test has left. */
export function endClients(): void {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

const folders: string[] = [];

/** A scratch folder with files; a repository, so that nothing above it is looked at. */
export function scratch(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dflint-lsp-')));
  folders.push(folder);
  for (const [path, text] of Object.entries({ '.git/HEAD': '', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

export const uriOf = (path: string): string => pathToFileURL(path).href;

/** `¦` marks the place; the text is without it. */
export function marked(text: string): { readonly text: string; readonly position: Position } {
  const before = text.slice(0, text.indexOf('¦'));
  const line = before.split('\n').length - 1;
  return { text: text.replace('¦', ''), position: { line, character: before.length - before.lastIndexOf('\n') - 1 } };
}
