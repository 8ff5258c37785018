/** Projects on disk, one folder each, gone when the tests of the file are. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

/** Makes a repository of these files, path to text, and gives its folder. To be called once a test file. */
export function temporaryProjects(): (files: Readonly<Record<string, string>>) => string {
  const folder = mkdtempSync(join(tmpdir(), 'dflint-project-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (files) => {
    const root = mkdtempSync(join(folder, 'p-'));
    for (const [path, text] of Object.entries({ '.git/HEAD': '', ...files })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return root;
  };
}
