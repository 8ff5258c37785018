/** Dockerfiles made from nothing, by fast-check: instructions, words and shell of any nesting, right or nearly so. */
import fc from 'fast-check';

const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('build', 'deps', 'runtime', 'A', 'NODE_ENV', 'x-1', 'TARGETARCH') },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'valueOf', '0', '-', 'é', '$A') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
);
const path = fc
  .array(fc.constantFrom('app', 'src', '..', '.', '*', '**', 'a b', '$A', '${A:-x}', 'node_modules', '', '?', '[a-'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join('/'));
const image = fc.constantFrom(
  ...['node:22', 'node:22-alpine', 'scratch', 'alpine:3.20', 'build', '$A', 'a/b/c:d@sha256:e', 'deps', '1', 'nginx:'],
  ...['mcr.microsoft.com/windows/servercore:ltsc2022', 'debian:bookworm-slim', 'node:${A}', 'UPPER:Tag', '::', '@'],
);

const { command, word } = fc.letrec<{ command: string; word: string }>((tie) => ({
  word: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    path,
    name,
    tie('word').map((inner) => `"${inner}"`),
    tie('word').map((inner) => `'${inner}'`),
    fc
      .tuple(name, fc.constantFrom(':-', ':+', '#', '##', '%', '/', ':?', '@', '^^', ':'), tie('word'))
      .map(([variable, operator, inner]) => `\${${variable}${operator}${inner}}`),
    tie('command').map((inner) => `$(${inner})`),
    tie('command').map((inner) => `\`${inner}\``),
  ),
  command: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .tuple(
        fc.constantFrom(
          ...[
            'npm ci',
            'npm install',
            'rm -rf',
            'cp -r',
            'mv',
            'apt-get install -y',
            'apk add',
            'curl -fsSL',
            'cd',
            'ln -s',
          ],
          ...[
            'chown -R',
            'useradd',
            'echo',
            'tar xf',
            'find',
            'sh -c',
            'set -o',
            'export',
            'pip install',
            'wget -O-',
            'test',
          ],
          ...[
            'mkdir -p',
            'chmod',
            'sed -i',
            'git clone',
            'env',
            'xargs',
            'eval',
            'exec',
            'yarn add',
            'pnpm deploy',
            'su -c',
          ],
        ),
        fc.array(tie('word'), { maxLength: 4 }),
      )
      .map(([program, words]) => [program, ...words].join(' ')),
    fc
      .tuple(tie('command'), fc.constantFrom(' && ', ' || ', '; ', ' | ', ' & ', '\n', ' \\\n', ' > '), tie('command'))
      .map((parts) => parts.join('')),
    tie('command').map((inner) => `(${inner})`),
    tie('command').map((inner) => `{ ${inner}; }`),
    tie('command').map((inner) => `if ${inner}; then ${inner}; else :; fi`),
    fc
      .tuple(name, tie('word'), tie('command'))
      .map(([variable, list, inner]) => `for ${variable} in ${list}; do ${inner}; done`),
    fc.tuple(tie('word'), tie('command')).map(([subject, inner]) => `case ${subject} in a|b) ${inner} ;; *) : ;; esac`),
    fc.tuple(name, tie('command')).map(([called, inner]) => `${called}() { ${inner}; }; ${called}`),
  ),
}));

const flag = fc.constantFrom(
  ...['--from=build ', '--from=0 ', '--chown=node:node ', '--link ', '--parents ', '--exclude=*.md ', '--chmod=0755 '],
  ...[
    '--mount=type=cache,target=/x ',
    '--mount=type=bind,from=build,source=/,target=/y ',
    '--network=none ',
    '--x ',
    '-- ',
  ],
  ...[
    '--mount=type=secret,id=a,env=B ',
    '--platform=$BUILDPLATFORM ',
    '--mount=',
    '--security=insecure ',
    '--checksum=x ',
  ],
);
const flags = fc.array(flag, { maxLength: 2 }).map((all) => all.join(''));
const list = fc.array(word, { maxLength: 4 });
const exec = list.map((words) => JSON.stringify(words));

const instruction = fc.oneof(
  fc.tuple(flags, image, name).map(([given, base, as]) => `FROM ${given}${base} AS ${as}`),
  image.map((base) => `FROM ${base}`),
  { weight: 4, arbitrary: fc.tuple(flags, command).map(([given, script]) => `RUN ${given}${script}`) },
  fc.tuple(flags, fc.oneof(exec, command)).map(([given, script]) => `RUN ${given}<<EOF\n${script}\nEOF`),
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('COPY', 'ADD'), flags, list)
      .map(([what, given, words]) => `${what} ${given}${words.join(' ')}`),
  },
  fc.tuple(fc.constantFrom('ENV', 'ARG', 'LABEL'), name, word).map(([what, key, value]) => `${what} ${key}=${value}`),
  fc
    .tuple(fc.constantFrom('CMD', 'ENTRYPOINT', 'SHELL', 'VOLUME', 'HEALTHCHECK CMD'), fc.oneof(exec, command))
    .map((all) => all.join(' ')),
  fc
    .tuple(fc.constantFrom('USER', 'WORKDIR', 'EXPOSE', 'STOPSIGNAL', 'MAINTAINER', 'ENV', 'XYZ'), word)
    .map((all) => all.join(' ')),
  fc
    .tuple(fc.constantFrom('# dflint ignore=', '# hadolint ignore=', '# check=', '# '), name)
    .map((all) => all.join('')),
);
const onbuild = instruction.map((inner) => `ONBUILD ${inner}`);

const dockerfile = fc
  .array(fc.oneof({ weight: 12, arbitrary: instruction }, { weight: 1, arbitrary: onbuild }), {
    minLength: 1,
    maxLength: 14,
  })
  .map((lines) => `${lines.join('\n')}\n`);

/** The same text for the same seed. */
export const generated = (seed: number): string => fc.sample(dockerfile, { seed, numRuns: 1 })[0] ?? '';
