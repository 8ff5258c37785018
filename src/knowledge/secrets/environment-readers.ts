/**
 * Secrets that a program takes from its environment by itself, so that no instruction names the variable: an ARG is in
 * the environment of every RUN after it.
 *
 * Sources: the documentation of each tool, as named beside it.
 */
interface Reader {
  readonly variable: RegExp;
  readonly programs: ReadonlySet<string>;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** What runs the build of a Node.js project, whose plugins read the variable. */
const projectBuilds = 'npm npx yarn pnpm pnpx bun bunx node turbo nx next vite webpack nuxt astro make';

const readers: readonly Reader[] = [
  // Sentry, "Source Maps": the plugins of the bundlers and sentry-cli.
  { variable: /^SENTRY_AUTH_TOKEN$/, programs: set(`${projectBuilds} sentry-cli`) },
  // Turborepo, "System environment variables"; Nx, "Environment variables"; Next.js, "Server Actions".
  {
    variable: /^(?:TURBO_TOKEN|NX_CLOUD_ACCESS_TOKEN|NEXT_SERVER_ACTIONS_ENCRYPTION_KEY)$/,
    programs: set(projectBuilds),
  },
  // Ruby on Rails guides, "Securing Rails Applications".
  { variable: /^RAILS_MASTER_KEY$/, programs: set('rails rake bundle') },
  // Composer, "Authentication for privately hosted packages"; Poetry, "Configuration"; uv, "Package indexes".
  { variable: /^COMPOSER_AUTH$/, programs: set('composer') },
  { variable: /^POETRY_(?:HTTP_BASIC_\w+_PASSWORD|PYPI_TOKEN_\w+)$/, programs: set('poetry') },
  { variable: /^UV_INDEX_\w+_PASSWORD$/, programs: set('uv') },
  // NuGet, "Consuming packages from authenticated feeds"; Gradle, "Project properties".
  {
    variable: /^(?:NuGetPackageSourceCredentials_\w+|VSS_NUGET_EXTERNAL_FEED_ENDPOINTS)$/i,
    programs: set('dotnet nuget msbuild'),
  },
  {
    variable: /^ORG_GRADLE_PROJECT_\w*(?:[pP]assword|[tT]oken|[sS]ecret|[kK]ey|PASSWORD|TOKEN|SECRET)$/,
    programs: set('gradle gradlew'),
  },
  // The Cargo book, "Registry authentication".
  { variable: /^CARGO_REGISTR(?:IES_\w+|Y)_TOKEN$/, programs: set('cargo') },
  // Doppler CLI, "Service tokens".
  { variable: /^DOPPLER_TOKEN$/, programs: set('doppler') },
  // AWS CLI, "Environment variables"; GitHub CLI, "gh environment".
  { variable: /^AWS_(?:SECRET_ACCESS_KEY|SESSION_TOKEN)$/, programs: set('aws') },
  { variable: /^(?:GH|GITHUB)_TOKEN$/, programs: set('gh') },
];

export const readsFromEnvironment = (program: string, variable: string): boolean =>
  readers.some((reader) => reader.programs.has(program) && reader.variable.test(variable));
