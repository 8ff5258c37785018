/**
 * Random Dockerfiles: the model against the reference interpreter, for all paths, the working directory, the user,
 * ENV and ARG of each stage. `GENERATOR_RUNS=10000 npx vitest run --dir test model-generator` runs more of them.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BuildContext } from '../src/context/index.ts';
import { createBuild, type FileChange, type Stage } from '../src/model/index.ts';
import { parseDockerfile } from '../src/syntax/index.ts';
import {
  BuildStops,
  contextOf,
  dockerfileOf,
  interpret,
  type Machine,
  type Program,
  type StageProgram,
  type StepProgram,
} from './harness/reference-interpreter.ts';

const runs = Number(process.env['GENERATOR_RUNS'] ?? 1_000);
const stageNames = ['base', 'deps', 'build', 'runtime'] as const;

const contextPath = fc.constantFrom(
  ...['package.json', 'README.md', '.env', 'src/server.js', 'src/cart.js', 'src/lib/price.js', 'src/lib/.eslintrc'],
  ...['public/logo.svg', 'public/fonts/sans.woff', 'docs/index.md', 'src/lib/tax/eu.js', 'public/src/map.js'],
);
const ignoreLine = fc.constantFrom(
  'docs',
  '**/*.js',
  '*.md',
  '!src/server.js',
  'src/lib',
  '!src/lib/price.js',
  '.env',
  'public/*',
  '*',
);
const source = fc.constantFrom(
  ...['.', './', 'src', 'src/', 'src/lib', 'src/*', 'src/*.js', '*', '*.json', './*', 'public', 'package.json'],
  ...['src/server.js', 'src/lib/*', '.env', '?ocs', 'public/*/*', 'src/./lib', '/src', 'src/../public'],
);
const place = fc.constantFrom(
  ...[
    '/app',
    '/app/',
    '.',
    './',
    'src',
    'src/',
    '/app/src',
    '/app/lib/',
    '/srv/$NAME',
    '/srv/${NAME:-shop}/',
    '..',
    'out/deep',
  ],
  ...['package.json', '/app/src/server.js', '${EMPTY:+x}/app', '/'],
);
const value = fc.constantFrom('shop', 'web', '$NAME', '${NAME:-cart}', '${EMPTY:-cart}', '${NAME:+set}', 'a$OTHER');
const name = fc.constantFrom('NAME', 'OTHER', 'EMPTY');
const insideImage = fc.constantFrom(
  ...[
    '/app',
    '/app/',
    '/app/src',
    '/app/src/server.js',
    '/app/*',
    '/app/src/*',
    '/srv/shop',

    '/app/package.json',
    '/srv',
  ],
  ...['/app/src/lib', '/app/lib', '/app/lib/*.js', 'app/src', '/app/.env', '/app/out/deep'],
);
const removable = fc.constantFrom(
  ...[
    'src',
    'src/lib',
    '*',
    './*',
    '/app/src/*',
    '/app/src/*.js',
    'package.json',
    '/app',
    '/srv',
    '.env',
    'src/lib/../server.js',
  ],
);

const step: fc.Arbitrary<StepProgram> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('workdir' as const),
      value: fc.constantFrom('/app', 'src', '..', '/srv/$NAME', '.'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('user' as const),
      value: fc.constantFrom('node', 'root', '1000', '${NAME:-app}'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('env' as const),
      pairs: fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('arg' as const),
      pairs: fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('copy' as const),
      sources: fc.array(source, { minLength: 1, maxLength: 2 }),
      destination: place,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('copy' as const),
      sources: fc.array(insideImage, { minLength: 1, maxLength: 2 }),
      destination: place,
      from: fc.constantFrom(...stageNames),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      name: fc.constantFrom('note', 'conf'),
      destination: place,
      text: fc.constant('hello\n'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('mkdir' as const),
      path: fc.constantFrom('src', '/app/lib', 'out/deep', '/srv/shop'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('rm' as const),
      recursive: fc.boolean(),
      paths: fc.array(removable, { minLength: 1, maxLength: 2 }),
    }),
  },
);

/** Stages whose references are to earlier ones; several sources end in a directory. */
const program: fc.Arbitrary<Program> = fc
  .array(fc.tuple(fc.array(step, { maxLength: 7 }), fc.nat({ max: 3 }), fc.boolean()), { minLength: 1, maxLength: 4 })
  .map((stages) =>
    stages.map(([steps, parent, hasParent], index): StageProgram => {
      const earlier = stageNames.slice(0, index);
      const based = hasParent ? earlier[parent % Math.max(1, index)] : undefined;
      return {
        name: stageNames[index] ?? 'runtime',
        ...(based === undefined ? {} : { parent: based }),
        steps: steps.flatMap((each): readonly StepProgram[] => {
          if (each.kind !== 'copy') return [each];
          if (each.from !== undefined && !earlier.some((known) => known === each.from)) return [];
          const slash = each.sources.length > 1 && !each.destination.endsWith('/');
          return [slash ? { ...each, destination: `${each.destination}/` } : each];
        }),
      };
    }),
  );

const project = fc.record({
  files: fc.uniqueArray(contextPath, { minLength: 3, maxLength: 12 }),
  ignore: fc.array(ignoreLine, { maxLength: 3 }),
  program,
});

test(`the model agrees with a plain interpreter on ${runs} random Dockerfiles`, { timeout: 600_000 }, () => {
  let compared = 0;
  fc.assert(
    fc.property(project, ({ files, ignore, program: stages }) => {
      const context = new Map(files.map((path) => [path, `content of ${path}`]));
      const ignoreFile = ignore.map((line) => `${line}\n`).join('');
      if (ignoreFile !== '') context.set('.dockerignore', ignoreFile);
      let machines: ReadonlyMap<string, Machine>;
      try {
        machines = interpret(stages, context, ignoreFile);
      } catch (error) {
        if (error instanceof BuildStops) return;
        throw error;
      }
      compared += 1;
      const text = dockerfileOf(stages);
      const known = contextOf(context);
      const build = createBuild(parseDockerfile(text), { context: known });
      for (const stage of build.stages) {
        const machine = machines.get(stage.id);
        if (machine !== undefined)
          expect(
            modelState(stage, known, machine),
            `${stage.id} of\n${text}\nwith ${files.join(' ')}\nignoring ${ignore.join(' ')}`,
          ).toEqual(machineState(machine));
      }
    }),
    { numRuns: runs, seed: Number(process.env['GENERATOR_SEED'] ?? 20_261_121) },
  );
  expect(compared).toBeGreaterThan(runs / 4);
});

interface Comparable {
  readonly workdir: string;
  readonly user: string;
  readonly env: Readonly<Record<string, string>>;
  readonly args: Readonly<Record<string, string | undefined>>;
  readonly files: Readonly<Record<string, string | undefined>>;
  readonly directories: readonly string[];
}

function machineState({ files, workdir, user, env, args }: Machine): Comparable {
  const paths = [...files].filter(([path]) => path !== '/');
  return {
    workdir,
    user,
    env: Object.fromEntries([...env].sort()),
    args: Object.fromEntries([...args].sort()),
    files: Object.fromEntries(paths.filter(([, content]) => content !== undefined).sort()),
    directories: paths.flatMap(([path, content]) => (content === undefined ? [path] : [])).sort(),
  };
}

function modelState({ result }: Stage, context: BuildContext, { files }: Machine): Comparable {
  const entries = [...result.rootfs.entries('/')];
  const listed = entries.filter(({ kind, presence }) => kind === 'file' && presence === 'present');
  const directories = new Set(
    [...files].flatMap(([path, content]) => (content === undefined && path !== '/' ? [path] : [])),
  );
  for (const { path, kind } of entries) if (kind !== 'file' && path !== '/') directories.add(path);
  return {
    workdir: result.workdir ?? '',
    user: result.user.setBy === 'base' ? '' : (result.user.name ?? '?'),
    env: Object.fromEntries(
      [...result.env]
        .filter(([, { via }]) => via !== 'image')
        .map(([key, { text }]) => [key, text ?? '?'])
        .sort(),
    ),
    args: Object.fromEntries([...result.args].map(([key, { text }]) => [key, text]).sort()),
    files: Object.fromEntries(listed.map(({ path, change }) => [path, contentOf(change, context)]).sort()),
    directories: [...directories].filter((path) => result.rootfs.stat(path).presence === 'present').sort(),
  };
}

function contentOf({ content }: FileChange, context: BuildContext): string | undefined {
  if (content?.kind === 'text') return content.text;
  return content?.kind === 'context' ? context.read(content.path) : content?.kind;
}
