/** Servers of files for development and small sites, read from their command lines: which folder, on which port. */
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import type { PlannedStage } from './stage-plan.ts';

export interface ServedSite {
  /** As written. */
  readonly directory: string;
  readonly port: number;
  /** What is not there is answered with `index.html`: pages are made in the browser. */
  readonly fallsBack: boolean;
}

interface Dialect {
  readonly port: number;
  /** Options whose value says the port; others that take a value; those without one that change nothing here. */
  readonly ports: RegExp;
  readonly valued: RegExp;
  readonly plain: RegExp;
  readonly single: RegExp;
  readonly always?: true;
  readonly directory?: string;
}

/** By their own `--help`: serve 14, http-server 14, vite 7. */
const dialects: ReadonlyMap<string, Dialect> = new Map([
  [
    'serve',
    {
      port: 3000,
      ports: /^(?:-l|--listen|-p)$/,
      valued: /^$/,
      plain: /^(?:-n|--no-clipboard|-L|--no-request-logging|--no-port-switching|--no-etag|-d|--debug)$/,
      single: /^(?:-s|--single)$/,
    },
  ],
  [
    'http-server',
    {
      port: 8080,
      ports: /^(?:-p|--port)$/,
      valued: /^(?:-a|-c)$/,
      plain: /^(?:-c-?\d+|-s|--silent|-g|--gzip|-b|--brotli|-d|-i)$/,
      single: /^$/,
    },
  ],
  [
    'vite',
    {
      port: 4173,
      ports: /^--port$/,
      valued: /^$/,
      plain: /^(?:--host|--strictPort)$/,
      single: /^$/,
      always: true,
      directory: 'dist',
    },
  ],
]);

/** Undefined for other programs, and where an option says more. */
export function servedSite(words: readonly string[], planned: PlannedStage): ServedSite | undefined {
  const called = withoutRunner(words);
  const [name = '', ...rest] = called;
  const program = name.slice(name.lastIndexOf('/') + 1).replace(/@[\w.^~]+$/, '');
  const dialect = dialects.get(program);
  if (dialect === undefined || (program === 'vite' && rest.shift() !== 'preview')) return undefined;
  if (!configuresNothing(program, planned)) return undefined;
  const given = planned.stage.result.env.get('PORT')?.text;
  let port = program === 'vite' || given === undefined ? dialect.port : Number(given);
  let fallsBack = dialect.always === true;
  const directories: string[] = [];
  for (let at = 0; at < rest.length; at++) {
    const [option = '', value] = (rest[at] ?? '').split('=', 2);
    if (option === '--') continue;
    if (dialect.ports.test(option)) port = portOf(value ?? rest[++at] ?? '');
    else if (dialect.single.test(option)) fallsBack = true;
    else if (dialect.valued.test(option)) at += 1;
    else if (dialect.plain.test(option)) at += option === '--host' && isAddress(rest[at + 1]) ? 1 : 0;
    else if (option.startsWith('-')) return undefined;
    else directories.push(option);
  }
  const [directory = dialect.directory, ...others] = directories;
  const isPort = Number.isInteger(port) && port > 0 && port < 65_536;
  return directory === undefined || others.length > 0 || !isPort ? undefined : { directory, port, fallsBack };
}

/** `npx -y serve` without what runs it. */
function withoutRunner(words: readonly string[]): readonly string[] {
  const [first, second, ...rest] = words;
  if (first === 'npx' || first === 'bunx') {
    const from = words.slice(1).findIndex((word) => !/^(?:-y|--yes|--no-install)$/.test(word));
    return from === -1 ? [] : words.slice(from + 1);
  }
  return /^(?:yarn|pnpm)$/.test(first ?? '') && /^(?:dlx|exec)$/.test(second ?? '') ? rest : words;
}

const isAddress = (word: string | undefined): boolean => word !== undefined && /^[\d.:]+$|^localhost$/.test(word);

const portOf = (text: string): number =>
  Number(/^(?:tcp:\/\/[\d.]+:|0\.0\.0\.0:)?(\d+)$/.exec(text)?.[1] ?? Number.NaN);

const settings: ReadonlyMap<string, readonly string[]> = new Map([
  ['serve', ['serve.json', 'public/serve.json']],
  ['vite', ['vite.config.ts', 'vite.config.js', 'vite.config.mts', 'vite.config.mjs']],
]);

/** Whether settings of the project leave folder, port and answers as they are by default. */
function configuresNothing(program: string, { stage, build, folder }: PlannedStage): boolean {
  const { rootfs } = stage.result;
  return (settings.get(program) ?? []).every((name) => {
    const path = join(folder, name);
    if (rootfs.stat(path).presence === 'absent') return true;
    const text = textAt(path, rootfs, build);
    if (program === 'vite' && text !== undefined) return !/\b(?:preview|outDir|base|root|ssr)\b\s*[:(]/.test(text);
    return rootfs.stat(path).presence === 'unknown' && text === undefined;
  });
}
