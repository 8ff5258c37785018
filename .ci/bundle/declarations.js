#!/usr/bin/env node
/**
 * `npm run build:api`: of the declarations that the compiler has written to dist/types, those that the API leads to, in
 * one file, dist/api.d.ts. Indented by tabs it takes less of the package.
 */
import { rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const dist = (name) => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
const bundle = await rolldown({
  input: dist('types/src/index.d.ts'),
  plugins: [dts({ dtsInput: true, tsconfig: false })],
});
const { output } = await bundle.generate({ format: 'es' });
const [{ code }, ...others] = output;
if (others.length > 0) throw new Error(`the declarations come in ${output.length} files, one is wanted`);
await writeFile(
  dist('api.d.ts'),
  code.replace(/^(?: {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2)),
);
rmSync(dist('types'), { recursive: true });
