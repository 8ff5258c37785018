/** `dflint lsp`: the language server, on standard input and output. */
import { createConnection, type InitializeParams, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from '../../language-server/server.ts';
import { openEditorHost } from '../editor-host.ts';
import { parseArguments } from '../options.ts';
import { guardStreams } from '../output.ts';
import type { Surroundings } from '../surroundings.ts';

const notes = `
Speaks the Language Server Protocol on standard input and output; editors start
it (--stdio may be given, and changes nothing). Of the options those count that
say what is found: --preset, --rule, --config, --target, --shellcheck and so on.
docs/editors.md tells how to set editors up.

Examples:
  dflint lsp --preset strict

Exit status:
  0  the editor has ended it as the protocol says
  1  it has not
  2  wrong usage`;

export async function lspCommand(argv: readonly string[], world: Surroundings): Promise<0 | 2> {
  guardStreams();
  const own = argv.filter((word) => word !== '--stdio' && !/^--clientProcessId(?:=|$)/.test(word));
  const parsed = await parseArguments(own, world.version, world, {
    name: 'dflint lsp',
    says: 'The language server: findings, fixes, and answers about names and files while one types.',
    paths: 'none: the editor gives the texts',
    notes,
  });
  if ('exit' in parsed) return parsed.exit;
  if (parsed.options.paths.length > 0) {
    world.err('dflint: dflint lsp takes no paths: the editor gives the texts\nSee dflint lsp --help.\n');
    return 2;
  }
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  // What one request breaks must not take the others with it.
  const log = (error: unknown): void => {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`dflint: ${what}\n`);
  };
  process.on('unhandledRejection', log);
  process.on('uncaughtException', log);
  serve(connection, openEditorHost(parsed.options, world), { version: world.version, folders: foldersOf });
  // The connection ends the process.
  return new Promise(() => {});
}

/** Older clients know but one folder. */
function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders !== null && workspaceFolders !== undefined) return workspaceFolders.map(({ uri }) => uri);
  return rootUri === null || rootUri === undefined ? [] : [rootUri];
}
