/** The texts that are open, each judged once a version, and told of when it is time. */
import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { VersionedText } from './code-actions.ts';
import { diagnosticsOf, type Understood } from './diagnostics.ts';
import type { EditorSettings, Host, JudgedText } from './host.ts';

export interface JudgedVersion {
  readonly text: VersionedText;
  readonly judged: JudgedText;
}

export interface Texts {
  /** The text as it is now; undefined where it is not open, or no Dockerfile. */
  judged(uri: string): Promise<JudgedVersion | undefined>;
  /** Tells of a text again, after a pause in which it may change once more. */
  changed(uri: string, pause?: number): void;
  closed(uri: string): void;
  /** Files around have changed: all are judged anew. */
  allChanged(): void;
}

/** Milliseconds: shorter than one notices, longer than the time between two keys of most people. */
export const usualPause = 80;
/** ShellCheck is a process: it is asked when no key has been pressed for this long. */
const pauseOfShellcheck = 400;

export interface TextsOptions {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly host: Host;
  readonly settingsOf: (uri: string) => Promise<EditorSettings>;
  /** Shows a message to the user. */
  readonly say: (message: string) => void;
  readonly understood: () => Understood;
}

export function openTexts({ connection, documents, host, settingsOf, say, understood }: TextsOptions): Texts {
  const known = new Map<string, { readonly version: number; readonly judged: Promise<JudgedVersion> }>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const told = new Set<string>();
  const logError = (error: unknown): void => connection.console.error(messageOf(error));

  function judge(document: TextDocument): Promise<JudgedVersion> {
    const { uri, version } = document;
    const found = known.get(uri);
    if (found !== undefined && found.version === version) return found.judged;
    const text = { uri, version, text: document.getText() };
    const judged = settingsOf(uri).then(async (settings) => ({ text, judged: await host.judge(text, settings) }));
    known.set(uri, { version, judged });
    judged.catch(() => known.delete(uri));
    return judged;
  }

  async function tell(uri: string): Promise<void> {
    const document = documents.get(uri);
    if (document === undefined || !isDockerfile(document)) return;
    const { text, judged } = await judge(document);
    if (documents.get(uri)?.version !== text.version) return;
    const diagnostics = [...diagnosticsOf(text, judged, host, understood())];
    await connection.sendDiagnostics({ uri, version: text.version, diagnostics });
    host.rest();
    for (const fault of judged.faults) tellOnce(fault);
    if (judged.isOpen) wait(uri, () => askShellcheck(uri), pauseOfShellcheck);
  }

  async function askShellcheck(uri: string): Promise<void> {
    const document = documents.get(uri);
    if (document === undefined) return;
    const { version } = document;
    const hasMore = await host.askShellcheck({ uri, text: document.getText() }, await settingsOf(uri));
    if (!hasMore || documents.get(uri)?.version !== version) return;
    known.delete(uri);
    await tell(uri);
  }

  function tellOnce(fault: string): void {
    if (told.has(fault)) return;
    told.add(fault);
    say(`dflint: ${fault}`);
  }

  function wait(uri: string, work: () => Promise<void>, pause: number): void {
    clearTimeout(timers.get(uri));
    const run = (): void => {
      timers.delete(uri);
      work().catch(logError);
    };
    timers.set(uri, setTimeout(run, pause));
  }

  return {
    async judged(uri) {
      const document = documents.get(uri);
      return document === undefined || !isDockerfile(document) ? undefined : judge(document);
    },
    changed(uri, pause = usualPause) {
      wait(uri, () => tell(uri), pause);
    },
    closed(uri) {
      clearTimeout(timers.get(uri));
      timers.delete(uri);
      known.delete(uri);
      connection.sendDiagnostics({ uri, diagnostics: [] }).catch(logError);
    },
    allChanged() {
      known.clear();
      told.clear();
      for (const { uri } of documents.all()) wait(uri, () => tell(uri), usualPause);
    },
  };
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** By what the editor calls it, else by its name. */
export function isDockerfile({ languageId, uri }: Pick<TextDocument, 'languageId' | 'uri'>): boolean {
  if (/^(?:dockerfile|containerfile|docker)$/i.test(languageId)) return true;
  const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
  return (
    !name.endsWith('.dockerignore') &&
    (/^(?:Dockerfile|Containerfile)(?:\..+)?$/.test(name) || /.\.(?:dockerfile|containerfile)$/i.test(name))
  );
}
