/** The API as it is published: its types, its documentation, and its place in a browser. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterAll, describe, expect, test } from 'vitest';
import { packedProject } from './harness/packed.ts';
import { repository } from './harness/shared.ts';

const { folder, remove } = packedProject(['build:api']);
afterAll(remove);

const tsc = join(repository, 'node_modules/typescript/bin/tsc');
const examples = [...readFileSync(join(repository, 'docs/api.md'), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(
  ([, code = '']) => code,
);

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

describe('docs/api.md', () => {
  test.each([
    ['nodenext', 'nodenext'],
    ['node16', 'node16'],
    ['bundler', 'esnext'],
  ])(
    'its examples have the types that it says: moduleResolution %s',
    { timeout: 60_000 },
    (moduleResolution, module) => {
      write('package.json', '{ "type": "module" }');
      for (const [at, code] of examples.entries()) write(`example-${at}.ts`, code);
      write('console.d.ts', 'declare const console: { log(...what: unknown[]): void };');
      const compilerOptions = {
        ...{ module, moduleResolution, target: 'es2023', lib: ['es2023'], types: [], outDir: 'out', rootDir: '.' },
        ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
      };
      write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['*.ts'] }));
      const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', '.'], { cwd: folder, encoding: 'utf8' });
      expect([stdout, status]).toEqual(['', 0]);
    },
  );

  test('and print what it says', { timeout: 60_000 }, () => {
    expect(examples.length).toBeGreaterThan(5);
    for (const [at, code] of examples.entries()) {
      const said = [...code.matchAll(/^ *\/\/ (.*)$/gm)].map(([, line]) => line).join('\n');
      const out = execFileSync(process.execPath, [join(folder, 'out', `example-${at}.js`)], { encoding: 'utf8' });
      expect(out.trimEnd(), code).toBe(said);
    }
  });
});

test('the package has the types of its API in one file, and takes at most 3 MB', () => {
  const home = join(folder, 'node_modules/dflint');
  const all = readdirSync(home, { recursive: true, encoding: 'utf8' });
  expect(all.filter((name) => name.endsWith('.d.ts'))).toEqual(['dist/api.d.ts']);
  const types = readFileSync(join(home, 'dist/api.d.ts'), 'utf8');
  expect(types).not.toMatch(/(?:from|import\(?) ?['"]/);
  for (const name of ['lint', 'openDockerfile', 'defineRule', 'Build'])
    expect(types).toMatch(new RegExp(`^export \\{.*\\b${name}\\b`, 'm'));
  const sizes = all.map((name) => statSync(join(home, name))).map((stats) => (stats.isFile() ? stats.size : 0));
  expect(sizes.reduce((one, other) => one + other)).toBeLessThan(3_000_000);
});

describe('in a browser', () => {
  const bundle = (): string => {
    write('page.js', "export * from 'dflint';");
    const esbuild = join(repository, 'node_modules/esbuild/bin/esbuild');
    const args = ['page.js', '--bundle', '--platform=browser', '--format=iife', '--global-name=dflint'];
    return execFileSync(esbuild, [...args, '--log-level=warning'], { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 });
  };

  test('the bundle takes nothing from Node.js, and nothing from a page', { timeout: 60_000 }, () => {
    const text = bundle();
    expect(text).not.toMatch(/\bfrom\s*["']node:|\brequire\(\s*["']|\bimport\(/);
    // What every browser and worker has, and the language has not.
    const context = createContext({ TextDecoder });
    runInContext(text, context);
    write(
      'given.json',
      JSON.stringify({ article: readFileSync(join(repository, 'fixtures/api/shop.Dockerfile'), 'utf8') }),
    );
    const result: unknown = JSON.parse(
      runInContext(
        `(() => {
          const { article } = ${readFileSync(join(folder, 'given.json'), 'utf8')};
          const project = dflint.openProject({
            'package.json': '{ "devDependencies": { "vite": "^7.0.0" }, "scripts": { "build": "vite build" } }',
            'package-lock.json': null,
            '.dockerignore': 'node_modules\\n.git\\n',
            'src/index.js': '',
          });
          const dockerfile = dflint.openDockerfile({ text: article, project, version: 2 });
          const { findings, version, failures } = dockerfile.lint();
          const { text, fixed } = dockerfile.fixAll({ unsafe: true });
          return JSON.stringify({
            version,
            failures,
            rules: findings.map(({ rule }) => rule),
            fixed: fixed.length,
            left: dflint.lint({ text, project }).findings.map(({ rule }) => rule),
            why: dflint.explain('root-user').rules[0].because,
            trees: dockerfile.ships()[0].dependencies,
            stages: dockerfile.graph().stages.length,
            reruns: dockerfile.rebuild({ paths: ['src/index.js'] }).stages.flatMap(({ steps }) =>
              steps.filter(({ runs }) => runs === 'yes').map(({ line }) => line)),
          });
        })()`,
        context,
      ),
    );
    expect(result).toMatchObject({
      version: 2,
      failures: [],
      rules: ['source-copied-before-install', 'unlocked-install', 'root-user', 'dev-dependencies-shipped'],
      stages: 2,
      reruns: [4, 5, 6, 10],
      trees: [{ path: '/app/node_modules', manager: 'npm', development: 'yes', place: 'rootfs', line: 5 }],
    });
    expect(result).toHaveProperty('why', expect.stringMatching(/./));
    expect(result).toHaveProperty('left', []);
    // Nothing was put beside what a page has, and nothing of Node.js was looked for.
    const globals = createContext({ TextDecoder });
    runInContext(
      `for (const name of ['process', 'Buffer', 'require', 'module', 'global', '__dirname', 'setImmediate'])
        Object.defineProperty(globalThis, name, { get() { throw new Error(name + ' is of Node.js'); } });`,
      globals,
    );
    runInContext(text, globals);
    expect(runInContext("dflint.lint('FROM node:22\\nRUN npm install\\n').findings.length", globals)).toBeGreaterThan(
      0,
    );
  });

  test('what is found is plain data, which goes from thread to thread', () => {
    const run = `import { lint } from 'dflint';
const result = lint({ text: 'FROM node:22\\nCOPY . .\\nRUN npm install\\n', version: 1 });
console.log(JSON.stringify(structuredClone(result)) === JSON.stringify(result), result.findings.length > 0);`;
    write('clone.mjs', run);
    expect(execFileSync(process.execPath, [join(folder, 'clone.mjs')], { encoding: 'utf8' })).toBe('true true\n');
  });
});

test('a plugin takes defineRule from the package', { timeout: 60_000 }, () => {
  symlinkSync(join(repository, 'node_modules/zod'), join(folder, 'node_modules/zod'));
  write(
    'rule.ts',
    `import { chainOf, defineRule, finding } from 'dflint';
import * as z from 'zod/mini';
export const rules = [
  defineRule({
    id: 'acme/long-build',
    says: 'the build has too many stages',
    because: 'Nobody follows it.',
    instead: 'fewer stages',
    category: 'style',
    severity: 'info',
    confidence: 'certain',
    options: z.object({ most: z._default(z.number(), 3) }),
    *check(build, { most }) {
      for (const stage of build.targets)
        if (chainOf(stage).length > most) yield finding(stage, \`a chain of more than \${most} stages\`);
    },
  }),
];
`,
  );
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      tsc,
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--outDir',
      'out',
      '--types',
      '',
      'rule.ts',
      '--ignoreConfig',
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  expect([stdout, status]).toEqual(['', 0]);
  write(
    'run.mjs',
    `import { lint } from 'dflint';
import { rules } from './out/rule.js';
const text = 'FROM alpine:3.22 AS a\\nFROM a AS b\\nUSER 1000\\n';
const settings = { 'acme/long-build': 'warning' };
console.log(lint({ text, plugins: rules, settings }).findings.length);
`,
  );
  expect(execFileSync(process.execPath, [join(folder, 'run.mjs')], { encoding: 'utf8' })).toBe('0\n');
});
