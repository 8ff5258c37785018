/** Runs the packed extension over the stub, and prints what it did: `node drive.cjs EXTENSION FOLDER SETTINGS`. */
const Module = require('node:module');
const { openStub } = require('./stub.cjs');

const [, , extensionPath, folder, settings] = process.argv;
const stub = openStub(folder, JSON.parse(settings));
const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? stub.vscode : load(name, ...rest));

(async () => {
  const extension = require(`${extensionPath}/extension.cjs`);
  const context = { subscriptions: [], asAbsolutePath: (path) => `${extensionPath}/${path}`, extensionPath };
  await extension.activate(context);
  const seen = {};
  for (let left = 100; left > 0 && stub.calls.diagnostics.size === 0 && stub.calls.errors.length === 0; left -= 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  seen.commands = [...stub.calls.commands.keys()];
  seen.errors = stub.calls.errors;
  seen.diagnostics = [...stub.calls.diagnostics.values()].flat().map(({ code, message }) => ({ code, message }));
  await stub.calls.commands.get('dflint.fixAll')?.();
  seen.fixAll = stub.calls.edits.flatMap(({ sets }) => sets);
  seen.executed = stub.calls.executed?.filter((each) => typeof each === 'string');
  seen.savedByHand = await stub.save(1);
  seen.savedByItself = await stub.save(2);
  await extension.deactivate();
  process.stdout.write(JSON.stringify(seen));
  process.exit(0);
})().catch((error) => {
  process.stderr.write(String(error.stack));
  process.exit(1);
});
