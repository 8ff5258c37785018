/** The entry of the built command: gives `main` the real world. */
import manifest from '../../package.json' with { type: 'json' };
import { main } from './main.ts';

process.stdout.on('error', endQuietly);
process.stderr.on('error', endQuietly);

/** `dflint … | head` closes the pipe early: that is no error. */
function endQuietly(error: NodeJS.ErrnoException): void {
  process.exit(error.code === 'EPIPE' ? 0 : 2);
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const columns = Number(process.env['COLUMNS']) || process.stdout.columns || 80;

process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  version: manifest.version,
  terminal: process.stdout.isTTY === true,
  columns,
  stdin: readStandardInput,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
