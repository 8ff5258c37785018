/** What of a built Node.js project its program needs when it runs. */
import { manifestScript, productionPackages } from '../../knowledge/index.ts';
import type { Build, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join, relativeTo } from '../files/path.ts';
import type { StartedCommand } from '../start/started-commands.ts';
import { startedProgram } from './started-program.ts';

export interface RuntimeParts {
  /** Paths below the project, and where each goes, in the order in which they are copied. */
  readonly copies: readonly { readonly from: string; readonly to: string; readonly owned?: true }[];
  /** It loads packages from node_modules. */
  readonly packages: boolean;
  /** How it is started, where CMD is to say it in other words. */
  readonly command?: readonly string[];
  /** The project as it stands, its packages in it. */
  readonly isWhole?: true;
  /** Variables that it needs. */
  readonly environment?: string;
}

/** Where compilers of JavaScript write, by the defaults of tsc, Nest, Vite, tsup and Babel. */
const outputs = /^(?:dist|build|built|out|output)$/;

/** What compilers, tests, managers and people read, and programs do not. */
const notAtRuntime =
  /^(?:src|tests?|__tests__|__mocks__|spec|e2e|cypress|playwright|docs?|coverage|node_modules|dist|build|built|out|output|types?|@types|\.(?!env).*|\.env\.(?:example|sample|template|dist)|.*\.md|.*\.config\.(?:[cm]?[jt]s|json)|[tj]sconfig.*\.json|nest-cli\.json|package(?:-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-.*|bun\.lockb?|.*Dockerfile.*|Containerfile|(?:docker-)?compose.*\.ya?ml|Makefile|LICEN[CS]E.*|CHANGELOG.*|biome\.jsonc?|tslint\.json|renovate\.json|.*\.d\.ts|.*\.ts|.*\.tsbuildinfo|.*\.(?:test|spec)\.[cm]?js)$/is;

/** What programs read from the folder of their project, as its name goes. */
const readAtRuntime =
  /^(?:public|static|assets|views|templates|locales?|i18n|lang|translations|config|migrations|prisma|drizzle|data|seeds?|protos?|emails?|fonts|images|content|(?:swagger|openapi)\.(?:json|ya?ml))$/i;

/** Undefined where it is not certain. `folder`: of the project, where the container starts, too. */
export function runtimeParts(target: Stage, folder: string, build: Build): RuntimeParts | undefined {
  const program = startedProgram(target, folder, build);
  if (program === undefined || program.workdir !== folder) return undefined;
  const { started: only, script } = program;
  if (only.words[0] === 'next' || only.words.slice(0, 2).join(' ') === 'npx next')
    return nextParts(target, folder, only, build);
  const top = script?.split('/')[0];
  if (script === undefined || top === undefined) return undefined;
  const plain = commandOf(only, target, folder, build);
  const command = plain === undefined ? {} : { command: plain };
  if (plain === undefined && !isThere(only, target)) return undefined;
  if (top === '.output') {
    if (plain === undefined || !script.startsWith('.output/server/')) return undefined;
    return { copies: [{ from: top, to: './.output' }], packages: false, ...command };
  }
  if (!outputs.test(top) || script === top) return undefined;
  const names = namesIn(target, folder);
  if (readsSources(target, folder)) return undefined;
  const extras = [...names].filter(
    (name) => !notAtRuntime.test(name) && name !== top && !isOfCompilers(join(folder, name), target),
  );
  if (extras.some((name) => !readAtRuntime.test(name))) return undefined;
  const copies = [...new Set([top, ...extras.sort()])].map((name) => ({
    from: name,
    to: name.includes('.') ? './' : `./${name}`,
  }));
  return { copies: [{ from: 'package.json', to: './' }, ...copies], packages: true, ...command };
}

/** Whether the base image brings what starts the program. */
export function isThere({ launched }: StartedCommand, { base, result }: Stage): boolean {
  const [first = ''] = launched.words;
  if (result.entrypoint !== undefined) return /^(?:node|npm|bun|sh|npx)$/.test(first) || /\.sh$/.test(first);
  const isBun = base.kind === 'image' && base.reference.familiar === 'oven/bun';
  return isBun ? /^bunx?$/.test(first) : /^(?:node|npm|npx|yarn)$/.test(first);
}

/** Templates and schemas among the sources: programs find them from where they start, or the build copies them. */
const readsSources = ({ result: { rootfs } }: Stage, folder: string): boolean =>
  [...rootfs.entries(join(folder, 'src'))].some(({ path }) =>
    /\.(?:hbs|handlebars|ejs|pug|njk|mustache|liquid|eta|html|graphqls?|gql|proto|sql|mjml|csv|ya?ml|txt)$/i.test(path),
  );

/** A folder of nothing but what compilers and people read: `scripts/seed.ts`. */
function isOfCompilers(path: string, { result: { rootfs } }: Stage): boolean {
  const entries = [...rootfs.entries(path)].filter(({ kind }) => kind !== 'directory');
  return (
    entries.length > 0 && entries.every(({ kind, path: each }) => kind === 'file' && /\.(?:[cm]?tsx?|md)$/.test(each))
  );
}

/** What COPY brought to the top of the project, as far as it is seen. */
function namesIn(target: Stage, folder: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { path, change } of target.result.rootfs.entries(folder)) {
    const [top] = relativeTo(folder, path)?.split('/') ?? [];
    if (top !== undefined && top !== '' && change.content?.kind === 'context') names.add(top);
  }
  return names;
}

/** The words of a start by one call of node, where nothing else is in the script or command line that makes it. */
export function commandOf(
  { words, launched, inScript }: StartedCommand,
  target: Stage,
  folder: string,
  build: Build,
): readonly string[] | undefined {
  const known = words.filter((word) => word !== undefined);
  if (known.length < words.length || !known.every((word) => /^[\w@%+=:,./-]+$/.test(word))) return undefined;
  if (target.result.entrypoint !== undefined || launched.words.includes(undefined)) return undefined;
  if (!inScript) return target.result.cmd?.instruction.logical.text.endsWith(` ${known.join(' ')}`) ? known : undefined;
  const manifest = textAt(join(folder, 'package.json'), target.result.rootfs, build);
  const script = launched.words.at(-1);
  const text = manifest === undefined || script === undefined ? undefined : manifestScript(manifest, script);
  const hooks = ['prestart', 'poststart'].some(
    (name) => manifest !== undefined && manifestScript(manifest, name) !== null,
  );
  return text === known.join(' ') && !hooks ? known : undefined;
}

/** Managers that the image does not bring are not there to run a script. */
function nextCommand({ words, launched, inScript }: StartedCommand, manifest: string): readonly string[] | undefined {
  const known = words.flatMap((word) => word ?? []);
  if (!inScript || !/^(?:yarn|pnpm|bun)$/.test(launched.words[0] ?? '') || known.length < words.length)
    return undefined;
  const script = launched.words.at(-1);
  const text = script === undefined ? undefined : manifestScript(manifest, script);
  return text === known.join(' ') && known[0] === 'next' ? ['node_modules/.bin/next', ...known.slice(1)] : undefined;
}

const configurations = ['next.config.js', 'next.config.mjs', 'next.config.ts', 'next.config.cjs'];

/** https://nextjs.org/docs/app/api-reference/config/next-config-js/output; only where the configuration is seen. */
function nextParts(target: Stage, folder: string, started: StartedCommand, build: Build): RuntimeParts | undefined {
  const { rootfs, env } = target.result;
  const manifest = textAt(join(folder, 'package.json'), rootfs, build);
  const [config, ...others] = configurations.filter((name) => rootfs.stat(join(folder, name)).presence === 'present');
  if (manifest === undefined || !productionPackages(manifest).has('next') || others.length > 0) return undefined;
  const text = config === undefined ? '' : textAt(join(folder, config), rootfs, build);
  if (text === undefined || /tracingRoot|distDir|['"]\.\.?\//i.test(text)) return undefined;
  const isPublic = rootfs.stat(join(folder, 'public')).presence === 'present';
  const assets = isPublic ? [{ from: 'public', to: './public' }] : [];
  const extras = [...namesIn(target, folder)].some((name) =>
    /^\.env(?!\.(?:example|sample|template|dist)$)|^server\./.test(name),
  );
  if (extras) return undefined;
  if (/\boutput\s*:\s*['"]standalone['"]/.test(text)) {
    if (started.words.some((word, at) => at > 0 && word?.startsWith('-') === true)) return undefined;
    const environment = env.has('HOSTNAME') ? {} : { environment: 'HOSTNAME=0.0.0.0' };
    const copies = [{ from: '.next/standalone', to: './' }, { from: '.next/static', to: './.next/static' }, ...assets];
    return { copies, packages: false, command: ['node', 'server.js'], ...environment };
  }
  if (/\boutput\b/.test(text) || config === 'next.config.ts') return undefined;
  const command = nextCommand(started, manifest);
  if (command === undefined && !/^(?:npm|npx|next)$/.test(started.launched.words[0] ?? '')) return undefined;
  const own = [{ from: 'package.json', to: './' }, ...(config === undefined ? [] : [{ from: config, to: './' }])];
  return {
    copies: [...own, ...assets, { from: '.next', to: './.next', owned: true }],
    packages: true,
    ...(command === undefined ? {} : { command }),
  };
}
