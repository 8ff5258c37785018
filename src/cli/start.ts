/** The entry of the built command: gives `main` the real world. */
import { fstatSync } from 'node:fs';
import manifest from '../../package.json' with { type: 'json' };
import { main } from './main.ts';
import { openOutput } from './output.ts';
import { mostBytes } from './read.ts';
import { keepsOf } from './results/keeps.ts';
import { today } from './today.ts';

const [out, err] = [openOutput(1), openOutput(2)];

/** One byte past what is linted is enough to see that it is too much. */
async function readStandardInput(): Promise<Uint8Array> {
  // Node reads a directory on standard input as an empty file.
  if (fstatSync(0).isDirectory()) throw Object.assign(new Error('standard input is a directory'), { code: 'EISDIR' });
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > mostBytes) break;
  }
  return Buffer.concat(chunks);
}

function terminalColumns(): number {
  const told = Number(process.env['COLUMNS']);
  return Number.isSafeInteger(told) && told > 0 ? told : out.columns() || 80;
}

try {
  process.exitCode = await main(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    version: manifest.version,
    terminal: out.isTerminal,
    errorTerminal: err.isTerminal,
    columns: terminalColumns(),
    today: today(),
    keeps: keepsOf(manifest.version),
    thread: new URL('./worker.js', import.meta.url),
    pages: new URL('../docs/rules/', import.meta.url),
    stdin: readStandardInput,
    out: (text) => out.write(text),
    err: (text) => err.write(text),
  });
} catch (error) {
  const what = error instanceof Error ? error.message : String(error);
  err.write(`dflint: ${what}; this is a bug of dflint, please report it\n`);
  if (process.env['DFLINT_DEBUG'] && error instanceof Error) err.write(`${error.stack ?? ''}\n`);
  process.exitCode = 2;
}
