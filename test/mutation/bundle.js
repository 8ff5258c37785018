/**
 * Bundles the tests that judge mutants, with the mutated code, into test/mutated: those of rules, model and fixes.
 * Loading hundreds of modules for each mutant would take most of its time.
 */
import { readdirSync } from 'node:fs';
import { build } from 'esbuild';

const judges =
  /^(?:rules|model-[\w-]+|engine|outline|shellcheck|targets|articles|oracle[\w-]*|fixes-[\w-]+|evidence|advice|golden-[\w-]+)\.test\.ts$/;

await build({
  entryPoints: readdirSync('test')
    .filter((name) => judges.test(name))
    .map((name) => `test/${name}`),
  outdir: 'test/mutated',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  logLevel: 'warning',
  // Of the examples of rules, which only the bundle that is shipped keeps apart.
  logOverride: { 'ignored-bare-import': 'silent' },
});
