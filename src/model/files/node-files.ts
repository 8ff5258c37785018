/** The files of a Node.js project that installs read. */

import type { PackageManager } from '../../knowledge/index.ts';
import { lockfilesOf } from '../../knowledge/index.ts';
import { baseName } from './path.ts';

const managers: readonly PackageManager[] = ['npm', 'yarn', 'pnpm', 'bun'];
const projectFiles = new Set(['package.json', ...managers.flatMap((manager) => [...lockfilesOf(manager)])]);

export const isLockfileOrManifest = (path: string): boolean => projectFiles.has(baseName(path));
