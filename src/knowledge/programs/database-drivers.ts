/**
 * Where the database of a Node.js project is: behind a network, or a file of its own.
 *
 * Sources: https://www.prisma.io/docs/orm/reference/prisma-schema-reference#datasource; the packages that the documentation
 * of knex, TypeORM, Sequelize and Drizzle names for each database.
 */
import { namedPackages } from '../node/node-project.ts';

const words = (text: string): readonly string[] => text.split(' ');

const servers = words(
  'pg pg-native pg-promise postgres mysql mysql2 mariadb mssql tedious oracledb mongodb mongoose @neondatabase/serverless @planetscale/database ' +
    '@payloadcms/db-postgres @payloadcms/db-vercel-postgres @payloadcms/db-mongodb @medusajs/framework',
);
const files = words(
  'sqlite sqlite3 better-sqlite3 sql.js libsql @libsql/client @vscode/sqlite3 @electric-sql/pglite @payloadcms/db-sqlite',
);

/** `server`: another program, which no build has beside it; undefined where it is a file, either, or not known. */
export function databaseOf(manifest: string, prismaSchema: string | undefined): 'server' | undefined {
  const named = namedPackages(manifest);
  if (named.has('prisma') || named.has('@prisma/client')) {
    const source = /^[ \t]*datasource[ \t]+\w+[ \t]*\{([^}]*)\}/m.exec(prismaSchema ?? '')?.[1];
    const provider = /^[ \t]*provider[ \t]*=[ \t]*"(\w+)"/m.exec(source ?? '')?.[1];
    return provider === undefined || provider === 'sqlite' ? undefined : 'server';
  }
  return servers.some((name) => named.has(name)) && !files.some((name) => named.has(name)) ? 'server' : undefined;
}

/** Programs that bring a database up for the commands behind them. */
export const bringsDatabase = (program: string): boolean =>
  /^(?:.*\/)?(?:service|rc-service|pg_ctl(?:cluster)?|postgres|mysqld(?:_safe)?|mariadbd(?:-safe)?|mongod|docker-entrypoint\.sh|initdb)$|\/init\.d\//.test(
    program,
  );
