/**
 * Next.js with `output: 'standalone'`: `.next/standalone` holds the server and what it needs of node_modules,
 * and neither `.next/static` nor `public`, https://nextjs.org/docs/app/api-reference/config/next-config-js/output.
 */
import { scriptOperandOf } from '../../knowledge/index.ts';
import type { Located, Word } from '../../syntax/index.ts';
import type { Build, FileChange, Stage, Step } from '../build.ts';
import { directoryName, join, relativeTo, resolve } from '../files/path.ts';
import { perStage } from '../per-stage.ts';
import { chainOf, stageNamedBy } from '../query.ts';
import { launchOf } from '../start/launch.ts';
import { evaluate, variablesOf } from '../state/environment.ts';
import { type StandaloneSettings, standaloneSettingsIn } from './standalone-settings.ts';

export interface StandaloneApp {
  readonly target: Stage;
  /** The COPY source that takes `.next/standalone`. */
  readonly word: Word;
  readonly step: Step;
  /** The stage that builds it, and the folder of the application in it. */
  readonly builder: Stage;
  readonly folder: string;
  /** Parts that a page needs and that nothing brings: `.next/static`, `public`. */
  readonly missing: readonly string[];
  /** COPY sources that take `.next/static` or `public` to where the server does not look for them. */
  readonly misplaced: readonly MisplacedPart[];
  /** Settings that the build copies into `.next/standalone`. */
  readonly settings?: StandaloneSettings;
  /** The configuration, when it is readable and does not ask for this output. */
  readonly config?: Located & { readonly path: string };
}

export interface MisplacedPart extends Located {
  /** Where it is put, absolute, and where it is looked for. */
  readonly to: string;
  readonly wanted: string;
}

type Described = Omit<StandaloneApp, 'word' | 'step'>;

/** Every COPY of `.next/standalone` into a ship target. */
export function* standaloneApps(build: Build): Iterable<StandaloneApp> {
  for (const target of build.targets) yield* standaloneAppsIn(target, build);
}

/** Those of one image. */
export function* standaloneAppsIn(target: Stage, build: Build): Iterable<StandaloneApp> {
  const known = new Map<string, Described>();
  for (const { step, word, text, to, from } of copiedSources(build, [target])) {
    if (from === undefined) continue;
    const folder = /^(.*)\/\.next\/standalone\/?\.?$/.exec(resolve('/', text))?.[1];
    if (folder === undefined) continue;
    const key = [step.stage.index, from.index, folder, to ?? ''].join('\0');
    const app = known.get(key) ?? placed(describe(target, step, from, folder === '' ? '/' : folder, build), to, build);
    known.set(key, app);
    yield { ...app, word, step };
  }
}

function placed(app: Described, to: string | undefined, build: Build): Described {
  if (app.missing.length > 0 || to === undefined) return app;
  const server = serverFolder(app.target, to);
  if (server === undefined) return { ...app, misplaced: misplacedIn(app.target, to, build) };
  const misplaced = ['.next/static', 'public'].flatMap((part) => misplacedBeside(part, server, to, app, build) ?? []);
  return { ...app, misplaced };
}

/** Where a start names the server of a member of a workspace, which `next build` puts as deep as the member lies. */
function serverFolder(target: Stage, to: string): string | undefined {
  const [command, ...others] = launchOf(target)?.commands ?? [];
  const script = command === undefined ? undefined : scriptOperandOf(command.words)?.script;
  if (script === undefined || others.length > 0 || !/(?:^|\/)server\.js$/.test(script)) return undefined;
  if (command?.workdir === undefined && !script.startsWith('/')) return undefined;
  const folder = directoryName(resolve(command?.workdir ?? '/', script));
  const below = relativeTo(to, folder);
  return below === undefined || below === '' ? undefined : folder;
}

/** A part that a copy puts beside the root of the workspace, and none beside the server, which looks there alone. */
function misplacedBeside(
  part: string,
  server: string,
  to: string,
  { target, builder }: Described,
  build: Build,
): MisplacedPart | undefined {
  if (movesPart(target, part) || copiesItself(builder, part)) return undefined;
  const wanted = join(server, part);
  const own: CopiedSource[] = [];
  for (const copy of copiedSources(build, [target])) {
    if (/(?:^|\/)standalone\/?\.?$/.test(copy.text)) continue;
    if (copy.to === undefined || relativeTo(wanted, copy.to) !== undefined) return undefined;
    if (`/${copy.text.replace(/\/\.?$/, '')}`.endsWith(`/${part}`)) own.push(copy);
    else if (relativeTo(copy.to, wanted) !== undefined && !holdsNone.test(copy.text)) return undefined;
  }
  const wrong = own.find((copy) => relativeTo(to, copy.to ?? '/') !== undefined);
  return wrong?.to === undefined ? undefined : { span: wrong.word.span, to: wrong.to, wanted };
}

/** What holds neither, wherever it is put. */
const holdsNone = /(?:^|\/)node_modules\/?$|\.(?:json|js|mjs|cjs|sh|ya?ml)$/;

/** The folder of scripts and style sheets, when no copy puts it into `.next/static` of a server and one puts it beside that. */
function misplacedIn(target: Stage, server: string, build: Build): readonly MisplacedPart[] {
  if (movesPart(target, 'static')) return [];
  const copies = [...copiedSources(build, [target])].filter(({ text }) => /(^|\/)\.next(\/static)?\/?\.?$/.test(text));
  if (copies.some(({ text, to }) => to === undefined || !/\/static\/?\.?$/.test(text) || /[._]next\/static$/.test(to)))
    return [];
  const wanted = join(server, '.next/static');
  for (const { word, to } of copies)
    if (to !== undefined && `${to}/`.startsWith(server === '/' ? '/' : `${server}/`))
      return [{ span: word.span, to, wanted }];
  return [];
}

const movesPart = (target: Stage, part: string): boolean =>
  chainOf(target).some(({ steps }) =>
    steps.some(({ commands }) => commands.some((command) => command.arguments.some((each) => each?.includes(part)))),
  );

interface CopiedSource {
  readonly step: Step;
  readonly word: Word;
  readonly text: string;
  /** Where it is put; undefined when not known. */
  readonly to: string | undefined;
  /** The stage it is copied from; absent for the build context and other images. */
  readonly from: Stage | undefined;
}

/** The sources of COPY and ADD in the chain of a stage. */
const copiedSources = perStage<CopiedSource>(function* (target, build) {
  for (const stage of chainOf(target))
    for (const step of stage.steps) {
      const { instruction } = step;
      if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') continue;
      const from = stageNamedBy(instruction.from, stage, build);
      const { workdir } = step.before;
      const lookup = variablesOf(step.before, false);
      const written = evaluate(instruction.destination, lookup, build.file.escape);
      const to = written === undefined || workdir === undefined ? undefined : resolve(workdir, written);
      for (const word of instruction.sources) {
        const text = evaluate(word, lookup, build.file.escape);
        if (text !== undefined) yield { step, word, text, to, from };
      }
    }
});

function describe(target: Stage, step: Step, builder: Stage, folder: string, build: Build): Described {
  const { rootfs } = builder.result;
  const isThere = (name: string): boolean => rootfs.stat(join(folder, name)).presence === 'present';
  const brings = (part: string): boolean =>
    [...copiedSources(build, [target])].some(({ text }) => text.includes(part) || /(^|\/)\.next\/?$/.test(text)) ||
    copiesItself(builder, part) ||
    step.stage.steps.some(({ commands }) =>
      commands.some((command) => command.arguments.some((each) => each?.includes(part))),
    );
  const wanted = ['.next/static', ...(isThere('public') ? ['public'] : [])];
  const settings = standaloneSettingsIn(builder, folder, build);
  const config = configWithoutOutput(builder, folder, build);
  return {
    target,
    builder,
    folder,
    misplaced: [],
    missing: servesElsewhere(builder, folder, build) ? [] : wanted.filter((part) => !brings(part)),
    ...(settings === undefined ? {} : { settings }),
    ...(config === undefined ? {} : { config }),
  };
}

/** The builder moves the part into place itself: `cp -r .next/static .next/standalone/.next/`. */
const copiesItself = (builder: Stage, part: string): boolean =>
  chainOf(builder).some((stage) =>
    stage.steps.some((step) => step.commands.some((command) => command.arguments.some((each) => each?.includes(part)))),
  );

const configNames = ['next.config.js', 'next.config.mjs', 'next.config.ts', 'next.config.cjs'];

/** Text of a file that came from the build context unchanged. */
function contextText(builder: Stage, path: string, build: Build): { at: FileChange; text: string } | undefined {
  const { presence, change } = builder.result.rootfs.stat(path);
  if (presence !== 'present' || change?.content?.kind !== 'context') return undefined;
  const text = build.context.read(change.content.path);
  return text === undefined ? undefined : { at: change, text };
}

/** A script of the manifest puts the parts into place, or a CDN serves them. */
function servesElsewhere(builder: Stage, folder: string, build: Build): boolean {
  const manifest = contextText(builder, join(folder, 'package.json'), build)?.text ?? '';
  const configs = configNames.map((name) => contextText(builder, join(folder, name), build)?.text ?? '');
  return manifest.includes('.next/static') || configs.some((text) => text.includes('assetPrefix'));
}

/** The configuration when nothing in it can ask for this output: no such word, and nothing taken from other files. */
function configWithoutOutput(
  builder: Stage,
  folder: string,
  build: Build,
): (Located & { readonly path: string }) | undefined {
  if (builder.result.env.has('NEXT_PRIVATE_STANDALONE')) return undefined;
  for (const name of configNames) {
    const found = contextText(builder, join(folder, name), build);
    if (found === undefined) continue;
    if (/standalone|\boutput\b|['"]\.\.?\//.test(found.text)) return undefined;
    return { span: found.at.span, path: name };
  }
  return undefined;
}
