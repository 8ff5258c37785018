/** Nothing of knowledge throws, whatever the words; long input takes time in proportion. */
import { expect, test } from 'vitest';
import {
  baseImage,
  commandPurpose,
  credentialFile,
  credentialsIn,
  declaredManager,
  dependencyInstall,
  describeContextPath,
  developmentPackages,
  dockerfilePurpose,
  failsWithoutLockfile,
  fileEffects,
  installsDevelopment,
  isFrozen,
  isPlaceholder,
  lockfileManagerVersion,
  majorsOf,
  namesLikeFile,
  npmAuthConfigKey,
  prunesDevelopment,
  readInvocation,
  secretName,
  secretValue,
  stagePurpose,
  yarnNodeLinker,
} from '../src/knowledge/index.ts';
import { millisecondsUsed } from './harness/processor-time.ts';

/** Pseudo-random numbers below `limit`, the same in every run. */
function generator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const vocabulary: readonly (string | undefined)[] = [
  ...'npm npx yarn yarnpkg pnpm pnpx bun bunx corepack node install i ci add run exec x dlx workspace workspaces foreach'.split(
    ' ',
  ),
  ...'focus prune deploy fetch recursive config set version prepare use global cache clean store pm update . ./ - -- --'.split(
    ' ',
  ),
  ...'-g -w -wD -P -r -C --prod --production=false --omit --omit=dev --omit= --include=dev --filter --prefix --cwd'.split(
    ' ',
  ),
  ...'--frozen-lockfile --no-frozen-lockfile=false --immutable pnpm@9 yarn@stable @ @@ -= --= = key=value true false'.split(
    ' ',
  ),
  ...[
    '',
    ' ',
    '\uFFFC',
    '--omit=\uFFFC',
    '__proto__',
    'constructor',
    'toString',
    '--__proto__=1',
    '💥',
    '\n',
    undefined,
    undefined,
  ],
];

test('random calls are read without an exception', () => {
  const next = generator(20_261_121);
  let read = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const words = Array.from({ length: next(12) }, () => vocabulary[next(vocabulary.length)]);
    const call = readInvocation(words);
    commandPurpose(words);
    dependencyInstall(words);
    fileEffects(words);
    if (call === undefined) continue;
    read += 1;
    const situation = {
      environment: () => [null, undefined, '', 'production', 'true', 'false', 'dev'][next(7)],
      settings: new Map([['omit', next(2) === 0 ? undefined : 'dev']]),
      config: ['omit[]=dev\nproduction=', '='],
      version: [undefined, '9', '>=2', 'latest'][next(4)],
    };
    expect(['yes', 'no', 'unknown']).toContain(installsDevelopment(call, situation));
    expect(['yes', 'no', 'unknown']).toContain(prunesDevelopment(call, situation));
    expect(['yes', 'no', 'unknown']).toContain(isFrozen(call, situation));
    expect(typeof failsWithoutLockfile(call, situation)).toBe('boolean');
  }
  expect(read).toBeGreaterThan(1_500);
});

const onText: readonly (readonly [string, (text: string) => unknown])[] = [
  ['baseImage name', (text) => baseImage(text, undefined)],
  ['baseImage tag', (text) => baseImage('node', text)],
  ['credentialFile', credentialFile],
  ...['npmrc', 'yarnrc', 'yarnrc-berry', 'bunfig', 'netrc', 'dotenv', 'composer', 'nuget', 'git', 'docker'].map(
    (kind) => [`credentialsIn ${kind}`, (text: string) => credentialsIn(kind, text)] as const,
  ),
  ['declaredManager', declaredManager],
  ['developmentPackages', developmentPackages],
  ['describeContextPath', describeContextPath],
  ['dockerfilePurpose', dockerfilePurpose],
  ['isPlaceholder', isPlaceholder],
  [
    'lockfileManagerVersion',
    (text) => [lockfileManagerVersion('yarn.lock', text), lockfileManagerVersion('pnpm-lock.yaml', text)],
  ],
  ['majorsOf', majorsOf],
  ['namesLikeFile', namesLikeFile],
  ['npmAuthConfigKey', npmAuthConfigKey],
  ['secretName', secretName],
  ['secretValue', secretValue],
  ['stagePurpose', stagePurpose],
  ['yarnNodeLinker', yarnNodeLinker],
  [
    'one word',
    (text) => [readInvocation([text]), readInvocation(['npm', text]), commandPurpose([text]), fileEffects([text])],
  ],
  [
    'npm configuration',
    (text) =>
      ['npm ci', 'yarn', 'bun i', 'pnpm i'].map((line) => {
        const call = readInvocation(line.split(' '));
        const situation = { environment: () => null, settings: new Map(), config: [text], version: '1' };
        return call === undefined ? undefined : [installsDevelopment(call, situation), isFrozen(call, situation)];
      }),
  ],
];

const pieces = [
  'a',
  'A',
  '_',
  '-',
  '.',
  '/',
  ':',
  '://',
  '@',
  '=',
  '"',
  "'",
  '$',
  '${',
  '{',
  '<',
  '%',
  ' ',
  '\n',
  '*',
  '0',
  'token',
  'eyJ',
  'a.',
  'A_',
  'ghp_',
  ' || ',
];

test.each(onText)('%s: long input takes time in proportion', { timeout: 120_000 }, (_, run) => {
  const started = millisecondsUsed();
  for (const piece of pieces) {
    run(piece.repeat(Math.ceil(100_000 / piece.length)));
    run(`${piece.repeat(Math.ceil(50_000 / piece.length))}!`);
  }
  expect(millisecondsUsed() - started).toBeLessThan(4_000);
});

test('very many words are read in proportion, nested calls to a bounded depth', () => {
  const started = millisecondsUsed();
  for (const row of [
    'npx',
    'npm exec',
    'yarn workspace',
    'yarn workspaces run',
    'pnpm recursive',
    'corepack pnpm',
    'pnpm -r',
    'cross-env',
    'env',
    'tini',
  ]) {
    const words = row.split(' ');
    const many = Array.from({ length: 50_000 }, () => words).flat();
    readInvocation(many);
    commandPurpose(many);
    dependencyInstall(many);
  }
  expect(millisecondsUsed() - started).toBeLessThan(4_000);
});
