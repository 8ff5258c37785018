/**
 * What tells that a program writes files of its own while it runs: a data base beside it, uploads, a cache.
 *
 * Sources: the documentation of the packages named, on where they keep what they write when nothing else is said.
 */
import { productionPackages } from '../node/node-project.ts';

/** Packages of npm that keep files, most of them in the folder that the program is started in. */
const writers: ReadonlySet<string> = new Set(
  [
    'better-sqlite3 sqlite3 sqlite nedb nedb-promises @seald-io/nedb lowdb level levelup leveldown classic-level lmdb pouchdb',
    'multer formidable express-fileupload busboy tus-node-server @tus/server @tus/file-store',
    'winston-daily-rotate-file file-stream-rotator rotating-file-stream session-file-store node-persist conf configstore',
    'next @strapi/strapi directus ghost n8n node-red verdaccio @adonisjs/core whatsapp-web.js',
  ]
    .join(' ')
    .split(' '),
);

export const isForWriting = (manifest: string): boolean =>
  [...productionPackages(manifest).keys()].some((name) => writers.has(name));

/** Calls of Node.js, Bun, Deno and Python that make files or folders. */
const calls =
  /\b(?:writeFile|writeTextFile|appendFile|createWriteStream|mkdir|mkdtemp|copyFile|diskStorage|makedirs|DatabaseSync)|\bBun\.write\b|\bsqlite3?\b|\bfile_put_contents\b/;

export const callsForFiles = (program: string): boolean => calls.test(program);

/** The value of a variable that names a file to write: `file:./shop.db`, `sqlite:///srv/shop.sqlite`. */
export const namesDatabaseFile = (value: string): boolean =>
  /^(?:file|sqlite3?):|\.(?:db|sqlite3?)(?:\?|$)/.test(value);
