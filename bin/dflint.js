#!/usr/bin/env node
await import('../dist/cli.js').catch((error) => {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  process.stderr.write('dflint: not built yet; run: npm run build\n');
  process.exitCode = 2;
});
