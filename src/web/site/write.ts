/** Writes the pages of the documentation into a folder: `node write.js FOLDER`, from the root of the repository. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pagesFrom } from './pages.ts';

const [, , folder = 'site'] = process.argv;

const markdownIn = (from: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(from)
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => [name, readFileSync(join(from, name), 'utf8')]),
  );

const pages = pagesFrom({
  guides: markdownIn('docs'),
  rules: markdownIn('docs/rules'),
  schema: readFileSync('src/config/config.schema.json', 'utf8'),
});
for (const { path, html } of pages) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), html);
}
