/** As much of VS Code's API as the extension and its client touch, over one document; what is called is kept. */
const { pathToFileURL } = require('node:url');

class Position {
  constructor(line, character) {
    this.line = line;
    this.character = character;
  }
}

class Range {
  constructor(start, end, endLine, endCharacter) {
    const isPlain = typeof start === 'number';
    this.start = isPlain ? new Position(start, end) : start;
    this.end = isPlain ? new Position(endLine, endCharacter) : end;
  }
}

class Uri {
  constructor(text) {
    const { protocol, pathname } = new URL(text);
    this.scheme = protocol.slice(0, -1);
    this.authority = '';
    this.path = decodeURIComponent(pathname);
    this.fsPath = this.path;
    this.text = text;
  }
  toString() {
    return this.text;
  }
  static parse(text) {
    return new Uri(text);
  }
  static file(path) {
    return new Uri(String(pathToFileURL(path)));
  }
}

class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}

class TabInputText {
  constructor(uri) {
    this.uri = uri;
  }
}

class Kind {
  constructor(value) {
    this.value = value;
  }
  append(part) {
    return new Kind(this.value === '' ? part : `${this.value}.${part}`);
  }
}

/** Listeners of an event, and who calls them. */
const event = () => {
  const listeners = [];
  const on = (listener, self) => {
    listeners.push(listener.bind(self));
    return { dispose() {} };
  };
  return { on, fire: (given) => listeners.map((listener) => listener(given)) };
};

/** Stands for whatever else is asked for: a class, an enumeration, a function, an event. */
const anything = () =>
  new Proxy(class {}, {
    get: (target, name) => (name in target || typeof name === 'symbol' ? target[name] : anything()),
    apply: () => ({ dispose() {} }),
  });

const never = () => ({ dispose() {} });

const levels = ['trace', 'debug', 'info'];

exports.openStub = (folder, settings) => {
  const calls = { commands: new Map(), diagnostics: new Map(), errors: [], edits: [] };
  const willSave = event();
  const configurationChanged = event();
  const text = 'FROM node:22-alpine\nWORKDIR /srv\nCOPY . .\nCMD npm start\n';
  const document = {
    uri: Uri.file(`${folder}/Dockerfile`),
    languageId: 'dockerfile',
    version: 1,
    lineCount: 5,
    isClosed: false,
    getText: () => text,
  };
  const channel = { logLevel: 0, onDidChangeLogLevel: () => ({ dispose() {} }) };
  for (const name of ['append', 'appendLine', 'show', 'hide', 'dispose', 'clear', 'replace'].concat(levels))
    channel[name] = () => {};
  for (const name of ['warn', 'error']) channel[name] = (message) => calls.errors.push(String(message));
  const named = (known) => new Proxy(known, { get: (target, name) => (name in target ? target[name] : anything()) });
  const workspace = named({
    workspaceFolders: [{ uri: Uri.file(folder), name: 'shop', index: 0 }],
    textDocuments: [document],
    notebookDocuments: [],
    isTrusted: true,
    getConfiguration: (section) => ({
      get: (name, given) => settings[`${section}.${name}`] ?? given,
      has: () => true,
      inspect: () => undefined,
    }),
    getWorkspaceFolder: () => ({ uri: Uri.file(folder), name: 'shop', index: 0 }),
    onWillSaveTextDocument: willSave.on,
    onDidChangeConfiguration: configurationChanged.on,
    createFileSystemWatcher: () => ({ onDidCreate: never, onDidChange: never, onDidDelete: never, dispose() {} }),
    applyEdit: async (edit) => {
      calls.edits.push(edit);
      return true;
    },
  });
  const vscode = named({
    Position,
    Diagnostic,
    TabInputText,
    Range,
    Uri,
    CodeActionKind: Object.assign(Kind, {
      Empty: new Kind(''),
      QuickFix: new Kind('quickfix'),
      SourceFixAll: new Kind('source.fixAll'),
    }),
    TextDocumentSaveReason: { Manual: 1, AfterDelay: 2, FocusOut: 3 },
    WorkspaceEdit: class {
      constructor() {
        this.sets = [];
      }
      set(uri, edits) {
        this.sets.push([String(uri), edits]);
      }
      get(uri) {
        return this.sets.filter(([each]) => each === String(uri)).flatMap(([, edits]) => edits);
      }
    },
    Disposable: class {
      constructor(call) {
        this.dispose = call ?? (() => {});
      }
      static from() {
        return { dispose() {} };
      }
    },
    EventEmitter: class {
      constructor() {
        const { on, fire } = event();
        this.event = on;
        this.fire = fire;
      }
      dispose() {}
    },
    CancellationTokenSource: class {
      constructor() {
        this.token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };
      }
      cancel() {}
      dispose() {}
    },
    version: '1.140.0',
    env: { language: 'en', appName: 'stub', machineId: 'stub' },
    commands: {
      registerCommand: (name, run) => {
        calls.commands.set(name, run);
        return { dispose: () => calls.commands.delete(name) };
      },
      executeCommand: async (name, ...given) => {
        calls.executed = [name, ...given];
        const edit = new vscode.WorkspaceEdit();
        edit.set(document.uri, ['an edit']);
        return [{ title: 'Fix all', edit }];
      },
    },
    window: named({
      activeTextEditor: { document },
      visibleTextEditors: [{ document }],
      tabGroups: named({ all: [{ tabs: [{ input: new TabInputText(document.uri) }], activeTab: undefined }] }),
      createOutputChannel: () => channel,
      showErrorMessage: async (message) => void calls.errors.push(message),
    }),
    languages: named({
      match: (_, { languageId }) => (languageId === 'dockerfile' ? 10 : 0),
      createDiagnosticCollection: () => ({
        set: (uri, found) => calls.diagnostics.set(String(uri), found),
        delete() {},
        clear() {},
        dispose() {},
      }),
    }),
    workspace,
  });
  return { vscode, calls, document, save: (reason) => saveOf(willSave, document, reason) };
};

/** What the listeners promise to put into the document before it is saved. */
async function saveOf(willSave, document, reason) {
  const waited = [];
  willSave.fire({ document, reason, waitUntil: (edits) => waited.push(edits) });
  return (await Promise.all(waited)).flat();
}
