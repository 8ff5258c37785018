/**
 * The command, its threads and the API. Node.js takes longer to find and link many modules than to read them as one, so
 * what runs need together is one chunk: what every run of the command needs, and what those need that judge a file. What
 * the API needs of the two is apart, as the API takes nothing from Node.js. All else that is imported on demand stays apart.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esmExternalRequirePlugin } from 'rolldown/plugins';
import { withoutImportedBuiltins } from './.ci/bundle/builtins.js';
import { notices } from './.ci/licences/read.js';

const repository = fileURLToPath(new URL('.', import.meta.url));
const start = join(repository, 'src/cli/start.ts');
const judging = join(repository, 'src/cli/lint-all.ts');
const api = join(repository, 'src/index.ts');
const reached = new Map();

/** The modules that an entry imports at its start, directly or not. */
function reachedFrom(entry, context) {
  const known = reached.get(entry);
  if (known !== undefined) return known;
  const modules = new Set();
  const walk = (module) => {
    if (modules.has(module)) return;
    modules.add(module);
    for (const imported of context.getModuleInfo(module)?.importedIds ?? []) walk(imported);
  };
  walk(entry);
  reached.set(entry, modules);
  return modules;
}

/** What an entry does when it is loaded stays its own. */
const isEntry = (id) => id === start || id === api;

function chunkOf(id, context) {
  if (isEntry(id)) return undefined;
  const isOfApi = reachedFrom(api, context).has(id);
  if (reachedFrom(start, context).has(id)) return isOfApi ? 'basis' : 'command';
  if (reachedFrom(judging, context).has(id)) return isOfApi ? 'engine' : 'judging';
  return undefined;
}

/** The first ones take along what their modules import. */
const groups = ['basis', 'command', 'engine', 'judging'].map((chunk, at, { length }) => ({
  name: (id, context) => (chunkOf(id, context) === chunk ? chunk : null),
  debugName: chunk,
  priority: length - at,
}));

/**
 * Code with escapes for what is not ASCII, which in minified code stands in strings, templates and expressions only:
 * V8 holds and compares code with any character past Latin-1 at twice the size.
 */
const inAscii = (code) =>
  code.replace(/(\\*)([^\0-\x7f])/g, (_, slashes, character) => {
    const isEscaped = slashes.length % 2 === 1;
    const escape = `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return `${isEscaped ? slashes.slice(1) : slashes}${escape}`;
  });

/** An example of a rule in its source: a template without anything to fill in. */
const example = /^ {2}(bad|good): (`(?:[^`\\$]|\\[\s\S])*`),$/gm;
const ruleFolder = join(repository, 'rules');
const ruleOf = (file) => file.slice(0, -'.ts'.length);

/** Examples go to the module that those import who tell of rules: a run that lints reads a twentieth less so. */
const examplesApart = {
  name: 'examples-apart',
  transform(code, id) {
    if (dirname(id) !== ruleFolder || !code.includes('defineRule(')) return null;
    const asked = code.replace(example, (_, which) => {
      return `  get ${which}() { return exampleOf('${ruleOf(basename(id))} ${which}'); },`;
    });
    return asked === code ? null : `import { exampleOf } from '../src/rule-examples.ts';\n${asked}`;
  },
  load(id) {
    if (id !== join(repository, 'src/docs/all-examples.ts')) return null;
    const texts = readdirSync(ruleFolder).flatMap((file) =>
      [...readFileSync(join(ruleFolder, file), 'utf8').matchAll(example)].map(
        ([, which, text]) => `'${ruleOf(file)} ${which}': ${text}`,
      ),
    );
    const code = `import { keepExamples } from '../rule-examples.ts';\nkeepExamples({ ${texts.join(',\n')} });\n`;
    return { code, moduleType: 'ts', moduleSideEffects: true };
  },
};

/** The licences of what is bundled go with it; chunks of an earlier build do not stay beside the new ones. */
const completed = {
  name: 'completed',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk') file.code = withoutImportedBuiltins(inAscii(file.code));
    const source = notices(repository, this.getModuleIds());
    this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-NOTICES.txt', source });
  },
  writeBundle({ dir }, bundle) {
    for (const name of readdirSync(dir)) if (/^chunk-.*\.js$/.test(name) && !(name in bundle)) rmSync(join(dir, name));
  },
};

export default {
  cwd: repository,
  input: { cli: start, worker: join(repository, 'src/cli/worker.ts'), api },
  platform: 'node',
  resolve: {
    mainFields: ['module', 'main'],
    alias: { '@modelcontextprotocol/server/_shims': join(repository, '.ci/bundle/mcp-shims.js') },
  },
  transform: { target: 'node20.19' },
  // Nothing of Node.js is loaded for what loading it does: the API takes nothing from it.
  treeshake: { moduleSideEffects: [{ external: true, sideEffects: false }] },
  // The require of CommonJS packages becomes imports, and needs no createRequire.
  plugins: [esmExternalRequirePlugin({ external: [/^node:/, ...builtinModules] }), examplesApart, completed],
  output: {
    dir: join(repository, 'dist'),
    format: 'esm',
    minify: true,
    polyfillRequire: false,
    comments: { legal: false },
    entryFileNames: '[name].js',
    chunkFileNames: 'chunk-[hash].js',
    codeSplitting: { groups },
  },
};
