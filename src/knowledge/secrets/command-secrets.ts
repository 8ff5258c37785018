/** Secrets that are written out in the words of a command. */
import { npmAuthConfigKey } from './credentials.ts';
import { isPlaceholder, isReference, secretName, secretValue } from './secrets.ts';

/** Words of a command, U+FFFC for what is not known. */
type Words = readonly string[];

export interface WordSecret {
  /** Index of the word. */
  readonly at: number;
  /** `GitHub token`, `password of docker login` … */
  readonly kind: string;
}

/** Options that take a password or token as their next word or after `=`, by command. */
const options: ReadonlyMap<string, RegExp> = new Map([
  ['docker', /^(?:-p|--password)$/],
  ['podman', /^(?:-p|--password)$/],
  ['helm', /^--password$/],
  ['sshpass', /^-p$/],
  ['wget', /^--(?:http-|ftp-)?password$/],
  ['lftp', /^--password$/],
  ['mysql', /^--password$/],
  ['mongosh', /^(?:-p|--password)$/],
  ['az', /^(?:-p|--password)$/],
  ['oc', /^(?:-p|--password|--token)$/],
  ['dotnet', /^(?:-p|--password|--api-key)$/],
  ['nuget', /^-(?:Password|ApiKey)$/],
  ['twine', /^(?:-p|--password)$/],
  ['sonar-scanner', /^--?D?sonar\.(?:token|login)$/],
  ['sentry-cli', /^--auth-token$/],
  ['snyk', /^--token$/],
  ['vercel', /^(?:-t|--token)$/],
  ['netlify', /^--auth$/],
]);

/** A real value: known, and no dummy. */
const isReal = (value: string | undefined): value is string =>
  value !== undefined && value !== '' && !value.startsWith('-') && !isReference(value) && !isPlaceholder(value);

function optionSecret(name: string, words: Words, at: number): string | undefined {
  const pattern = options.get(name);
  const word = words[at] ?? '';
  if (pattern?.test(word) === true) return undefined;
  const equals = word.indexOf('=');
  if (equals !== -1 && pattern?.test(word.slice(0, equals)) === true && isReal(word.slice(equals + 1)))
    return `password of ${name}`;
  return pattern?.test(words[at - 1] ?? '') === true && isReal(word) ? `password of ${name}` : undefined;
}

/** `-u user:password` of curl and `--user`. */
function curlSecret(words: Words, at: number): string | undefined {
  const word = words[at] ?? '';
  const attached = /^(?:-u|--user=)(.+)$/.exec(word)?.[1];
  const given = attached ?? (/^(?:-u|--user)$/.test(words[at - 1] ?? '') ? word : undefined);
  const colon = given?.indexOf(':') ?? -1;
  return colon > 0 && isReal(given?.slice(colon + 1)) ? 'password of curl' : undefined;
}

/** `Authorization: Bearer …`, `X-Api-Key: …`, `PRIVATE-TOKEN: …`. */
function headerSecret(word: string): string | undefined {
  const [, name = '', value = ''] =
    /^(?:-H|--header=)?\s?((?:proxy-)?authorization|[\w-]*(?:api[-_]?key|token|secret)):\s{0,4}(?:(?:bearer|basic|token)\s{1,4})?(\S{8,})$/i.exec(
      word,
    ) ?? [];
  return name !== '' && isReal(value) && /\d/.test(value) ? `value of the header ${name}` : undefined;
}

/** `//npm.example.com/:_authToken=…`, as one word or two. */
function npmSecret(words: Words, at: number): string | undefined {
  const word = words[at] ?? '';
  const equals = word.indexOf('=');
  if (equals > 0 && npmAuthConfigKey(word.slice(0, equals)) && isReal(word.slice(equals + 1))) return 'npm token';
  return npmAuthConfigKey(words[at - 1] ?? '') && isReal(word) ? 'npm token' : undefined;
}

/** The words of a command that are secrets or hold one, `name` being the command's. */
export function* secretsInWords(name: string, words: Words): Iterable<WordSecret> {
  for (const [at, word] of words.entries()) {
    const kind =
      secretValue(word)?.kind ??
      optionSecret(name, words, at) ??
      (name === 'curl' ? curlSecret(words, at) : undefined) ??
      (/^(?:curl|wget|http|https|xh)$/.test(name) ? headerSecret(word) : undefined) ??
      (/^(?:npm|pnpm|yarn|npx)$/.test(name) ? npmSecret(words, at) : undefined);
    if (kind !== undefined) yield { at, kind };
  }
}

/** Whether an assignment in front of a command, or in an export, gives a secret its value. */
export const isAssignedSecret = (name: string, value: string): boolean => secretName(name) && isReal(value);
