/** The entry of the built action: gives `runAction` the real world. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type ActionWorld, runAction } from './main.ts';

/** From where the bundle of the action lies, which is dist. */
const cli = fileURLToPath(new URL('../bin/dflint.js', import.meta.url));

const dflint: ActionWorld['dflint'] = (argv, cwd) =>
  new Promise((settle, fail) => {
    const child = spawn(process.execPath, [cli, ...argv], { cwd, stdio: ['ignore', 'inherit', 'pipe'] });
    const said: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => {
      said.push(chunk);
      process.stderr.write(chunk);
    });
    child.on('error', fail);
    child.on('close', (status) => settle({ status: status ?? 2, err: Buffer.concat(said).toString('utf8') }));
  });

process.exitCode = await runAction({
  env: process.env,
  cwd: process.cwd(),
  dflint,
  out: (text) => process.stdout.write(text),
});
