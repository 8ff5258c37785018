/**
 * Commands that change the schema of a database.
 *
 * Sources: https://www.prisma.io/docs/orm/reference/prisma-cli-reference, https://orm.drizzle.team/docs/kit-overview,
 * https://knexjs.org/guide/migrations.html, https://sequelize.org/docs/v6/other-topics/migrations,
 * https://typeorm.io/docs/migrations/why, https://mikro-orm.io/docs/migrations, https://alembic.sqlalchemy.org,
 * https://flask-migrate.readthedocs.io, https://docs.djangoproject.com/en/stable/ref/django-admin/#migrate,
 * https://guides.rubyonrails.org/active_record_migrations.html, https://laravel.com/docs/migrations,
 * https://symfony.com/bundles/DoctrineMigrationsBundle, https://hexdocs.pm/ecto_sql/Mix.Tasks.Ecto.Migrate.html,
 * https://documentation.red-gate.com/flyway, https://docs.liquibase.com, https://github.com/pressly/goose,
 * https://github.com/launchbadge/sqlx/tree/main/sqlx-cli, https://diesel.rs/guides/getting-started,
 * https://payloadcms.com/docs/database/migrations, https://docs.medusajs.com/resources/medusa-cli/commands/db,
 * https://lucid.adonisjs.com/docs/migrations, https://directus.io/docs/self-hosting/upgrading.
 */
import { readInvocation } from '../node/package-managers.ts';
import { scriptOperandOf } from './script-operand.ts';

type Words = readonly (string | undefined)[];

/** `pushed`: the schema is forced upon the database with no migration that anyone has read. */
export type Migration = 'applied' | 'pushed';

/** By tool: what its words say when it migrates. */
const tools: ReadonlyMap<string, RegExp> = new Map([
  ['prisma', /^migrate (?:deploy|dev|reset)\b/],
  ['drizzle-kit', /^migrate\b/],
  ['knex', /^migrate:(?:latest|up)\b/],
  ['sequelize', /^db:migrate\b/],
  ['sequelize-cli', /^db:migrate\b/],
  ['typeorm', /^migration:run\b/],
  ['typeorm-ts-node-commonjs', /^migration:run\b/],
  ['mikro-orm', /^migration:up\b/],
  ['payload', /^migrate(?: |$)/],
  ['medusa', /^db:(?:migrate|setup)\b/],
  ['directus', /^database migrate:latest\b/],
  ['ace', /^migration:run\b/],
  ['ace.js', /^migration:run\b/],
  ['alembic', /^upgrade\b/],
  ['flask', /^db upgrade\b/],
  ['rails', /^db:(?:migrate|prepare|setup|schema:load)\b/],
  ['rake', /^db:(?:migrate|prepare|setup|schema:load)\b/],
  ['mix', /^ecto\.migrate\b/],
  ['flyway', /\bmigrate\b/],
  ['liquibase', /\bupdate\b/],
  ['goose', /\bup$/],
  ['dbmate', /^(?:up|migrate)\b/],
  ['sqlx', /^(?:migrate run|database setup)\b/],
  ['diesel', /^(?:migration run|database setup|setup)\b/],
  ['aerich', /^upgrade\b/],
]);

const pushers: ReadonlyMap<string, RegExp> = new Map([
  ['prisma', /^db push\b/],
  ['drizzle-kit', /^push\b/],
  ['typeorm', /^schema:sync\b/],
  ['mikro-orm', /^schema:(?:update|fresh)\b/],
]);

/** Words that stand before the tool's name. */
const carriers = new Set(
  'exec env bundle bin/rails poetry uv pipenv pdm run python python3 php -m cross-env dotenv --'.split(' '),
);

/** They run a file of JavaScript or TypeScript. */
const runners = new Set(['node', 'nodejs', 'ts-node', 'ts-node-esm', 'tsx']);

/** What these words do to a schema; undefined for other commands. */
export function migration(words: Words, depth = 3): Migration | undefined {
  const [first, ...rest] = words;
  if (first === undefined || depth === 0) return undefined;
  const call = readInvocation(words);
  const tool = call?.operation === 'exec' ? call.packages[0] : call?.script;
  if (call !== undefined && tool !== undefined) {
    const at = words.indexOf(tool);
    return at < 1 ? undefined : migration([tool.replace(/(?<=.)@.*/s, ''), ...words.slice(at + 1)], depth - 1);
  }
  const name = first.slice(first.lastIndexOf('/') + 1);
  if (runners.has(name)) return migrationOfScript(words, depth);
  const said = rest.filter((word) => word !== undefined && !word.startsWith('-')).join(' ');
  if (/^manage\.py$/.test(name) || name === 'django-admin') return /^migrate\b/.test(said) ? 'applied' : undefined;
  if (name === 'artisan') return /^migrate\b/.test(said) && !/^migrate:status/.test(said) ? 'applied' : undefined;
  if (name === 'console') return /^doctrine:(?:migrations:migrate|schema:update)\b/.test(said) ? 'applied' : undefined;
  if (pushers.get(name)?.test(said)) return 'pushed';
  if (tools.get(name)?.test(said)) return 'applied';
  return carriers.has(first) || /^(?:python[\d.]*|php[\d.]*)$/.test(name) ? migration(rest, depth - 1) : undefined;
}

/** `node -r ts-node/register ./node_modules/typeorm/cli.js migration:run`, `node ace migration:run`. */
function migrationOfScript([, ...rest]: Words, depth: number): Migration | undefined {
  const script = scriptOperandOf(['node', ...rest])?.script;
  if (script === undefined) return undefined;
  const tool =
    /(?:^|\/)node_modules\/(?:\.bin\/)?([^/]+)/.exec(script)?.[1] ?? script.slice(script.lastIndexOf('/') + 1);
  return migration([tool, ...rest.slice(rest.indexOf(script) + 1)], depth - 1);
}
