/** `dflint mcp`: the engine for coding assistants, by the Model Context Protocol over standard input and output. */
import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { FileTree } from '../../context/index.ts';
import { harmlessProse } from '../../report/harmless.ts';
import { diskTree, isLink } from '../disk-tree.ts';
import { guardStreams } from '../output.ts';
import { createProgram, parseProgram } from '../program.ts';
import { readInputs } from '../read.ts';
import type { Surroundings } from '../surroundings.ts';

const notes = `
It offers the tools lint, ships, rebuild, fix and explain. It reads what lies
below the root, and nothing else; it writes nothing.

Examples:
  dflint mcp                 about the folder that it is started in
  dflint mcp ~/src/shop      about another one

Exit status:
  0  the client has gone
  2  wrong usage, or no such folder`;

export async function mcpCommand(argv: readonly string[], world: Surroundings): Promise<0 | 2> {
  guardStreams();
  const program = createProgram('dflint mcp', world)
    .description('Serve coding assistants by the Model Context Protocol, on standard input and output.')
    .argument('[root]', 'the folder that they may ask about', '.')
    .addHelpText('after', notes);
  const ended = parseProgram(program, argv, world);
  if (ended !== undefined) return ended;
  const given: string = program.processedArgs[0];
  const root = realOf(resolve(world.cwd, given));
  if (root === undefined || diskTree.kind(root) !== 'directory') {
    world.err(`dflint: ${harmlessProse(given)}: no such folder\n`);
    return 2;
  }
  const [{ createServer }, { serveStdio }] = await Promise.all([
    import('../../mcp/server.ts'),
    import('@modelcontextprotocol/server/stdio'),
  ]);
  const folder = folderAt(root);
  serveStdio(() => createServer(folder, world.version, world.today));
  await new Promise<void>((end) => process.stdin.once('end', end).once('close', end));
  return 0;
}

function folderAt(root: string) {
  const tree = treeBelow(root);
  return {
    tree,
    read(path: string): { readonly path: string; readonly text: string } | { readonly error: string } {
      const location = resolve(root, path);
      const inside = relative(root, location).split(sep).join('/');
      if (!isBelow(root, location)) return { error: `${path} lies outside the root` };
      const found = readInputs(inside === '' ? '.' : inside, root);
      const plain = found.find(
        (each) => 'file' in each && resolve(root, each.file.path) === resolve(location, 'Dockerfile'),
      );
      const [read, ...others] = plain === undefined ? found : [plain];
      if (read === undefined) return { error: `${path} holds no Dockerfile` };
      if ('error' in read) return { error: `${path}: ${read.error.message}` };
      if (others.length > 0)
        return { error: `${path} holds ${others.length + 1} Dockerfiles; name the one that is meant` };
      if (!isBelow(root, resolve(root, read.file.path))) return { error: `${path} lies outside the root` };
      return { path: read.file.path, text: read.file.text };
    },
  };
}

/**
 * What lies below a folder once symbolic links are followed; of links that lead out of it nothing is known, all else is
 * not there. Paths begin at the folder.
 */
function treeBelow(root: string): FileTree {
  const at = (path: string): string | undefined => {
    const location = resolve(root, `.${path}`);
    return isBelow(root, location) ? location : undefined;
  };
  return {
    kind(path) {
      const location = at(path);
      if (location !== undefined) return diskTree.kind(location);
      return isLink(resolve(root, `.${path}`)) ? 'unknown' : 'absent';
    },
    read(path) {
      const location = at(path);
      return location === undefined ? undefined : diskTree.read(location);
    },
    entries(path) {
      const location = at(path);
      return location === undefined ? undefined : diskTree.entries(location);
    },
    isThere: (path) => isLink(resolve(root, `.${path}`)),
  };
}

function isBelow(root: string, location: string): boolean {
  const real = realOf(location);
  const from = relative(root, real ?? location);
  return from === '' || (!from.startsWith(`..${sep}`) && from !== '..' && !isAbsolute(from));
}

/** Undefined for what does not exist. */
function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
