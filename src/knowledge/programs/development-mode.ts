/**
 * Variables that put a framework into its mode for development or tests.
 *
 * Sources: the documentation of Node.js packages such as Express and React (NODE_ENV), Rails and Rack, Flask (FLASK_ENV
 * up to 2.2, FLASK_DEBUG), ASP.NET Core, Symfony and Laravel (APP_ENV, APP_DEBUG), Phoenix (MIX_ENV), Gin (GIN_MODE).
 */
const modes = /^(?:development|develop|dev|test|testing|local)$/i;
const switchedOn = /^(?:1|true|yes|on)$/i;

const variables: ReadonlyMap<string, RegExp> = new Map([
  ...['NODE_ENV', 'RAILS_ENV', 'RACK_ENV', 'FLASK_ENV', 'APP_ENV', 'MIX_ENV', 'HANAMI_ENV', 'SYMFONY_ENV'].map(
    (name): [string, RegExp] => [name, modes],
  ),
  ...['ASPNETCORE_ENVIRONMENT', 'DOTNET_ENVIRONMENT'].map((name): [string, RegExp] => [name, /^development$/i]),
  ...['FLASK_DEBUG', 'APP_DEBUG', 'DJANGO_DEBUG'].map((name): [string, RegExp] => [name, switchedOn]),
  ['GIN_MODE', /^(?:debug|test)$/],
]);

/** Whether a variable of this value asks for development. */
export const asksForDevelopment = (name: string, value: string): boolean => variables.get(name)?.test(value) === true;

/** Whether a variable of this value says that the program is in production. */
export const asksForProduction = (name: string, value: string): boolean =>
  variables.get(name) === modes || name === 'ASPNETCORE_ENVIRONMENT' || name === 'DOTNET_ENVIRONMENT'
    ? /^prod(?:uction)?$/i.test(value)
    : name === 'DJANGO_SETTINGS_MODULE' && /[._](?:prod|production)$/.test(value);

/** Names of stages and files that nobody gives to what is meant for development. */
export const plainlyProduction = (name: string): boolean =>
  name
    .toLowerCase()
    .split(/[-_./\\]/)
    .some((part) => /^(?:prod|production|prd|runner|runtime|release|deploy|deployment)\d*$/.test(part));

/** What a package.json script sets in front of what it runs. */
export const setsVariable = (script: string, name: string): boolean =>
  script
    .split(`${name}=`)
    .slice(0, -1)
    .some((before, at) => (at === 0 && before === '') || /[\s;&|"']$/.test(before));
