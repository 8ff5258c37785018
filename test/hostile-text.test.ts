/** The built command over names and texts that terminals, CI systems, browsers and JavaScript give a meaning of their own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { formatNames } from '../src/report/formats.ts';
import { outputFaults } from './fuzz/judge-text.ts';
import { isBuilt, runCommand } from './harness/command.ts';

const scratch = mkdtempSync(join(tmpdir(), 'dflint-hostile-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function project(name: string, files: Readonly<Record<string, string>>): string {
  const root = join(scratch, name);
  for (const [path, text] of Object.entries({ '.git/HEAD': '', ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const commands = [
  '::set-output name=x::y',
  '\n::stop-commands::z',
  '##vso[task.setvariable variable=x]y',
  "##teamcity[buildStatus status='SUCCESS']",
  '##[error]x',
  '\u001b[31m\u001b]0;title\u0007',
  '\u202e\u2066\u200b\ufeff',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '[click](https://evil.example) ![x](y) `code` | **bold** @team #1',
  '%0A%0D%25 ]]> & " \' \\',
  '\u2028\u2029\u0085',
];

/** Where a Dockerfile lets a text of its own through to messages. */
const hostileDockerfile = [
  ...commands.map((text) => {
    const line = text.replaceAll(/[\n\u2028\u2029\u0085]/g, ' ');
    return `FROM node:22 AS "${line}"\nCOPY ["${line.replaceAll(/["\\]/g, '')}", "/x/"]\nARG ${line}\nENV ${line}=1\nLABEL "${line}"=x\nUSER ${line}\nWORKDIR ${line}\nEXPOSE ${line}\n${line}\nRUN cat '${line}' && npm i '${line}'\n# dflint ignore=${line} reason=${line}`;
  }),
  ...commands.map((text) => `RUN <<${'EOF'}\n${text}\nEOF`),
  'CMD ["node"]\n',
].join('\n');

const hostileRoot = (): string =>
  project('a b%0A\n::set-output name=a::b ü <b>[x](y)', {
    Dockerfile: hostileDockerfile,
    '-n\n##vso[task.x] ##[error] ü%0A.Dockerfile': hostileDockerfile,
    '--help/Dockerfile': 'FROM node:22\n',
    '.dockerignore': commands.join('\n'),
    'package.json': JSON.stringify({
      name: commands[2],
      scripts: { [commands[0] ?? '']: commands.join('') },
      dependencies: { [commands[7] ?? '']: '1' },
    }),
    'compose.yaml': `services:\n${commands.map((text, at) => `  ${JSON.stringify(text)}:\n    build: { context: ., target: ${JSON.stringify(text)}, args: { a${at}: ${JSON.stringify(text)} } }\n`).join('')}`,
    'dflint.config.json': JSON.stringify({
      rules: Object.fromEntries(commands.map((text) => [text, 'off'])),
      targets: commands,
    }),
  });

const asked: readonly (readonly [format: string, argv: readonly string[]])[] = [
  ...formatNames.map((name) => [name, ['--preset', 'all', '-f', name, '.']] as const),
  ...formatNames.map(
    (name) =>
      [
        name,
        ['--no-config', '--preset', 'all', '-f', name, '.', ...commands.filter((each) => !each.includes('\0'))],
      ] as const,
  ),
  ['text', ['ships', '--files']],
  ['json', ['ships', '-f', 'json']],
  ...['text', 'json', 'mermaid', 'dot'].map((name) => [name, ['graph', '-f', name]] as const),
  ['text', ['rebuild', ...commands]],
  ['json', ['rebuild', '-f', 'json', ...commands]],
  ['text', ['explain', ...commands]],
  ['markdown', ['explain', '-f', 'markdown', ...commands]],
  ['text', ['config', '.']],
  ['json', ['config', '-f', 'json', ...commands]],
  ['text', ['--rule', `${commands[0]}=off`, '.']],
  ['text', ['--target', commands[1] ?? '', '--context', commands[4] ?? '', '.']],
  ['text', [`--${commands[2]}`]],
];

describe.skipIf(!isBuilt || process.platform === 'win32')('the built command', { timeout: 120_000 }, () => {
  test.each(asked)('%s of %j sends nothing that is obeyed', (format, argv) => {
    const root = hostileRoot();
    const own = argv.includes('--preset') || ['explain', 'config'].includes(argv[0] ?? '') ? argv : [...argv];
    const { status, stdout, stderr } = runCommand(own, { cwd: root });
    expect([0, 1, 2]).toContain(status);
    expect(outputFaults(format, stdout)).toEqual([]);
    expect(outputFaults('standard error', stderr)).toEqual([]);
    expect(stderr).not.toMatch(/bug of dflint|^ {4}at /m);
  });

  test('patches hold the text as it is, escaped on terminals only', () => {
    const { status, stderr } = runCommand(['--no-config', '--preset', 'all', '--unsafe-fixes', '--diff', '.'], {
      cwd: hostileRoot(),
    });
    expect([0, 1, 2]).toContain(status);
    expect(outputFaults('standard error', stderr)).toEqual([]);
  });

  const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];
  const prototypes = (): string =>
    project('prototypes', {
      Dockerfile: inherited
        .map(
          (name) =>
            `FROM node:22 AS ${name}\nARG ${name}\nENV ${name}=$${name} A_${name}=\${${name}:-x}\nLABEL ${name}=1\nUSER ${name}\nCOPY --from=${name} ${name} ${name}/\nRUN --mount=type=cache,id=${name},target=/${name} npm i ${name} && ${name} && npm run ${name}`,
        )
        .join('\n'),
      'commands.Dockerfile': `FROM node:22\n${inherited
        .map(
          (name) =>
            `RUN ${name} --uid 1 -x ${name} && sudo ${name} install ${name} -g 1; su ${name} -c "${name} --${name} x"\nRUN ${['npm', 'yarn', 'pnpm', 'apt-get', 'apk', 'git', 'go', 'pip', 'curl', 'useradd', 'chmod', 'service'].map((program) => `${program} ${name} --${name} ${name}`).join(' ; ')}\nCMD ["${name}", "--${name}"]`,
        )
        .join('\n')}\nFROM constructor:1.20\nCOPY --from=0 /srv /srv`,
      'places.Dockerfile': inherited
        .map(
          (name) =>
            `FROM --platform=linux/${name} ${name}:1.20 AS made-by-${name}\nRUN --mount=type=bind,from=${name},target=/${name} --network=${name} . /${name}/${name} && "${name}"\nSHELL ["${name}", "-c"]\nSTOPSIGNAL ${name}\nEXPOSE 80/${name}\nVOLUME ${name}\nWORKDIR ${name}\nHEALTHCHECK CMD ["${name}", "--${name}", "x"]\nENTRYPOINT ["${name}"]\nFROM ${name}/${name}:${name}\nADD --checksum=${name} https://${name}/${name} ${name}\nCMD ${name} ${name}`,
        )
        .join('\n'),
      'package.json': `{"name":"__proto__","scripts":{${inherited.map((name) => `"${name}":"docker build --target ${name} ."`).join()}},"dependencies":{${inherited.map((name) => `"${name}":"1"`).join()}},"__proto__":{"x":1}}`,
      'compose.yaml': `services:\n${inherited.map((name) => `  ${name}:\n    build: { context: ., target: ${name}, args: { ${name}: x } }\n`).join('')}`,
      'docker-bake.hcl': inherited
        .map(
          (name) =>
            `target "${name}" {\n  target = "${name}"\n  args = { ${name} = "1" }\n  inherits = ["${name}"]\n}\n`,
        )
        .join(''),
      'dflint.config.json': `{"rules":{${inherited.map((name) => `"${name}":"off"`).join()}},"buildArgs":{${inherited.map((name) => `"${name}":"1"`).join()}}}`,
      'other.json': `{"rules":{"untrusted-registry":["warning",{${inherited.map((name) => `"${name}":[]`).join()}}]},"__proto__":{"failOn":"never"},"constructor":1}`,
      'baseline.json': `{"version":1,"files":{${inherited.map((name) => `"${name}":[{"rule":"${name}","hash":"x","count":1}]`).join()}}}`,
    });

  test.each([
    [['.']],
    [['--no-config', '--preset', 'all', '-f', 'sarif', '.']],
    [['--no-config', '--fix', '--diff', '.']],
    [['--config', 'other.json', '.']],
    [['--no-config', '--baseline', 'baseline.json', '.']],
    [['--no-config', ...inherited.flatMap((name) => ['--build-arg', `${name}=1`]), '.']],
    [['--no-config', '--target', '__proto__', '.']],
    [['graph', '-f', 'json']],
    [['ships', '-f', 'json', '--target', 'constructor']],
    [['rebuild', '__proto__']],
    [['migrate']],
  ])('names that every object has: %j', (argv) => {
    const { status, stderr } = runCommand(argv, { cwd: prototypes() });
    expect([0, 1, 2]).toContain(status);
    expect(stderr).not.toMatch(/bug of dflint|^ {4}at |TypeError/m);
  });

  test.each(inherited)('%s is no rule, preset, format or command', (name) => {
    const cwd = prototypes();
    for (const argv of [
      ['--rule', `${name}=off`],
      ['--preset', name],
      ['-f', name],
      ['explain', name],
      [name],
      ['completion', name],
    ]) {
      const { status, stderr } = runCommand(
        argv.length === 2 && argv[0]?.startsWith('-') ? [...argv, '--no-config', '.'] : argv,
        { cwd },
      );
      expect(status, argv.join(' ')).toBe(2);
      expect(stderr).toContain(name);
      expect(stderr).not.toMatch(/bug of dflint|^ {4}at |TypeError/m);
    }
  });

  test('two names of which one is inherited are two', () => {
    const cwd = prototypes();
    const { stages } = JSON.parse(runCommand(['graph', '-f', 'json'], { cwd }).stdout);
    expect(JSON.stringify(stages)).toContain('hasOwnProperty');
  });
});
