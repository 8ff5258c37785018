#!/usr/bin/env node
// Compiled code is kept from run to run in a folder of the user's own, where Node.js can (from 22.8 on):
// NODE_COMPILE_CACHE names another folder, and with NODE_DISABLE_COMPILE_CACHE=1 nothing is kept.
// A path that is not absolute would be in the folder that is linted, which has no business to bring code.
const { env, platform } = process;
const cache =
  env.XDG_CACHE_HOME ||
  (platform === 'win32' && env.LOCALAPPDATA) ||
  (env.HOME && `${env.HOME}/${platform === 'darwin' ? 'Library/Caches' : '.cache'}`);
if (!env.NODE_COMPILE_CACHE && cache && /^(?:\/|[a-z]:[\\/])/i.test(cache))
  process.getBuiltinModule?.('node:module').enableCompileCache?.(`${cache}/dflint`);

await import('../dist/cli.js').catch((error) => {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  process.stderr.write('dflint: not built yet; run: npm run build\n');
  process.exitCode = 2;
});
