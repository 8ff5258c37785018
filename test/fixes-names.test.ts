/** Fixes of what is spelled nearly right, or said where it is not heard: text in, text out. */
import { describe, expect, test } from 'vitest';
import { fixed } from './harness/fixed.ts';
import { fixedProject } from './harness/fixed-project.ts';

type Case = readonly [what: string, before: string, after: string];

const node = 'FROM node:22-alpine\n';

describe.each<readonly [rule: string, cases: readonly Case[]]>([
  [
    'undefined-variable',
    [
      [
        'two letters in the wrong order',
        `${node}ARG APP_DIR=/srv\nWORKDIR $APP_DRI\n`,
        `${node}ARG APP_DIR=/srv\nWORKDIR $APP_DIR\n`,
      ],
      [
        'in braces, with an operator, in a path',
        `${node}ENV APP_HOME=/srv\nWORKDIR "\${APP_HMOE:?}/shop"\n`,
        `${node}ENV APP_HOME=/srv\nWORKDIR "\${APP_HOME:?}/shop"\n`,
      ],
      [
        'each place of one stage',
        `${node}ARG TAG=1\nLABEL a=$TGA b=$TAG\nLABEL c=$TGA\n`
          .replaceAll('TAG', 'RELEASE')
          .replaceAll('TGA', 'RELAESE'),
        `${node}ARG TAG=1\nLABEL a=$TAG b=$TAG\nLABEL c=$TAG\n`.replaceAll('TAG', 'RELEASE'),
      ],
      [
        'a global ARG comes into the stage, above comments of the first that reads it',
        `ARG RELEASE=1\n${node}WORKDIR /srv\n\n# what it is\nLABEL release=$RELEASE\nENV RELEASE_TAG=v$RELEASE\n`,
        `ARG RELEASE=1\n${node}WORKDIR /srv\n\nARG RELEASE\n# what it is\nLABEL release=$RELEASE\nENV RELEASE_TAG=v$RELEASE\n`,
      ],
      [
        'each stage that reads it, but not those built on one',
        'arg RELEASE=1\nfrom node:22-alpine as base\nlabel a=$RELEASE\nfrom base\nlabel b=$RELEASE\n',
        'arg RELEASE=1\nfrom node:22-alpine as base\narg RELEASE\nlabel a=$RELEASE\nfrom base\nlabel b=$RELEASE\n',
      ],
      [
        'what BuildKit gives, once for each name',
        'FROM golang:1.26 AS build\nCOPY . .\nRUN GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /shop .\nRUN echo $TARGETARCH\n',
        'FROM golang:1.26 AS build\nCOPY . .\nARG TARGETOS\nARG TARGETARCH\nRUN GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /shop .\nRUN echo $TARGETARCH\n',
      ],
      [
        'what another stage declares, with its default',
        `${node.replace('\n', ' AS one\n')}ARG RELEASE=1.4\nLABEL a=$RELEASE\n${node}LABEL b=$RELEASE\n`,
        `${node.replace('\n', ' AS one\n')}ARG RELEASE=1.4\nLABEL a=$RELEASE\n${node}ARG RELEASE=1.4\nLABEL b=$RELEASE\n`,
      ],
    ],
  ],
  [
    'undefined-base-argument',
    [
      [
        'spelled nearly so',
        'ARG NODE_VERSION=22\nFROM node:$NODE_VERSIN\n',
        'ARG NODE_VERSION=22\nFROM node:$NODE_VERSION\n',
      ],
      [
        'in braces',
        'ARG NODE_VERSION=22\nFROM node:${NODE_VERSOIN}-alpine AS build\n',
        'ARG NODE_VERSION=22\nFROM node:${NODE_VERSION}-alpine AS build\n',
      ],
      [
        'declared in a stage',
        'FROM alpine:3.22 AS files\nARG NODE_TAG=22\nFROM node:${NODE_TAG}\n',
        'ARG NODE_TAG=22\nFROM alpine:3.22 AS files\nARG NODE_TAG=22\nFROM node:${NODE_TAG}\n',
      ],
      [
        'below a comment of the file, above that of the first FROM',
        '# The shop\n\n# files\nfrom alpine:3.22 as files\narg NODE_TAG=22\nfrom node:${NODE_TAG}\n',
        '# The shop\n\narg NODE_TAG=22\n# files\nfrom alpine:3.22 as files\narg NODE_TAG=22\nfrom node:${NODE_TAG}\n',
      ],
      [
        'after a byte order mark',
        '\ufeffFROM alpine:3.22 AS files\r\nARG NODE_TAG=22\r\nFROM node:${NODE_TAG}\r\n',
        '\ufeffARG NODE_TAG=22\r\nFROM alpine:3.22 AS files\r\nARG NODE_TAG=22\r\nFROM node:${NODE_TAG}\r\n',
      ],
    ],
  ],
  [
    'misspelled-stage',
    [
      [
        'in COPY',
        'FROM node:22 AS builder\nRUN make\nFROM nginx:1.29\nCOPY --from=bulider /a /a\n',
        'FROM node:22 AS builder\nRUN make\nFROM nginx:1.29\nCOPY --from=builder /a /a\n',
      ],
      [
        'in a mount',
        'FROM node:22 AS builder\nRUN make\nFROM nginx:1.29\nRUN --mount=type=bind,from=buidler,target=/b cp /b/a /a\n',
        'FROM node:22 AS builder\nRUN make\nFROM nginx:1.29\nRUN --mount=type=bind,from=builder,target=/b cp /b/a /a\n',
      ],
      [
        'in FROM',
        'FROM node:22 AS builder\nRUN make\nFROM buildr AS test\nRUN make test\n',
        'FROM node:22 AS builder\nRUN make\nFROM builder AS test\nRUN make test\n',
      ],
      [
        'in capitals',
        'FROM node:22 AS Builder\nFROM Builder\nRUN make\n',
        'FROM node:22 AS Builder\nFROM builder\nRUN make\n',
      ],
      [
        'by number',
        'FROM node:22\nCOPY . .\nRUN make\nFROM 0\nRUN make test\n',
        'FROM node:22 AS build\nCOPY . .\nRUN make\nFROM build\nRUN make test\n',
      ],
    ],
  ],
  [
    'mistyped-variable-reference',
    [
      ['&', `${node}ARG RELEASE\nENV SHOP=&RELEASE\n`, `${node}ARG RELEASE\nENV SHOP=\${RELEASE}\n`],
      [
        '% in quotes',
        `${node}ARG RELEASE\nENV SHOP="v%RELEASE%-a"\n`,
        `${node}ARG RELEASE\nENV SHOP="v\${RELEASE}-a"\n`,
      ],
      [
        'braces in a path',
        `${node}ENV HOME_DIR=/srv\nWORKDIR {HOME_DIR}/shop\n`,
        `${node}ENV HOME_DIR=/srv\nWORKDIR \${HOME_DIR}/shop\n`,
      ],
      ['PATH', `${node}ENV PATH=/srv/bin:PATH\n`, `${node}ENV PATH=/srv/bin:$PATH\n`],
      ['PATH in quotes, in front', `${node}ENV PATH="PATH:/srv/bin"\n`, `${node}ENV PATH="$PATH:/srv/bin"\n`],
    ],
  ],
  [
    'single-quoted-variable',
    [
      [
        'a name',
        `${node}RUN if [ -n '$REGISTRY' ]; then echo a; fi\n`,
        `${node}RUN if [ -n "$REGISTRY" ]; then echo a; fi\n`,
      ],
      [
        'in braces',
        `${node}RUN if test -z '\${REGISTRY}'; then echo a; fi\n`,
        `${node}RUN if test -z "\${REGISTRY}"; then echo a; fi\n`,
      ],
      [
        'with a default',
        `${node}RUN [ '\${REGISTRY:-}' = '' ] || echo a\n`,
        `${node}RUN [ "\${REGISTRY:-}" = '' ] || echo a\n`,
      ],
      [
        'over lines',
        `${node}RUN if [ \\\n    '$REGISTRY' = a ]; \\\n  then echo a; fi\n`,
        `${node}RUN if [ \\\n    "$REGISTRY" = a ]; \\\n  then echo a; fi\n`,
      ],
      [
        'in a here-document',
        `${node}RUN <<EOF\nif [ -n '$REGISTRY' ]; then echo a; fi\nEOF\n`,
        `${node}RUN <<EOF\nif [ -n "$REGISTRY" ]; then echo a; fi\nEOF\n`,
      ],
    ],
  ],
  [
    'stray-command-argument',
    [
      [
        'folder and file',
        `${node}WORKDIR /srv\nCOPY dist ./dist\nCMD ["node", "dist", "main.js"]\n`,
        `${node}WORKDIR /srv\nCOPY dist ./dist\nCMD ["node", "dist/main.js"]\n`,
      ],
      [
        'with a slash, in shell form',
        `${node}WORKDIR /srv\nCOPY dist ./dist\nCMD node dist/ main.js --port 80\n`,
        `${node}WORKDIR /srv\nCOPY dist ./dist\nCMD node dist/main.js --port 80\n`,
      ],
      [
        'options around it',
        `${node}WORKDIR /srv\nCOPY dist dist\nENTRYPOINT [ "node", "--enable-source-maps", "./dist", "main.js", "--port=80" ]\n`,
        `${node}WORKDIR /srv\nCOPY dist dist\nENTRYPOINT [ "node", "--enable-source-maps", "./dist/main.js", "--port=80" ]\n`,
      ],
      [
        'behind sh -c',
        `${node}CMD ["sh", "-c","serve", "-p", "$PORT", "-s", "."]\n`,
        `${node}CMD ["sh", "-c","exec serve -p $PORT -s ."]\n`,
      ],
      [
        'behind bash -c over lines',
        `${node}CMD ["bash", "-c", \\\n     "serve", \\\n     "-s", "dist"]\n`,
        `${node}CMD ["bash", "-c", \\\n     "exec serve -s dist"]\n`,
      ],
    ],
  ],
  [
    'directive-without-effect',
    [
      [
        'below a comment',
        `# The shop\n# syntax=docker/dockerfile:1.19\n${node}`,
        `# syntax=docker/dockerfile:1.19\n# The shop\n${node}`,
      ],
      [
        'below a directive',
        `# syntax=docker/dockerfile:1\n# The shop\n# check=skip=JSONArgsRecommended\n${node}`,
        `# syntax=docker/dockerfile:1\n# check=skip=JSONArgsRecommended\n# The shop\n${node}`,
      ],
      ['misspelled', `# sytnax=docker/dockerfile:1\n${node}`, `# syntax=docker/dockerfile:1\n${node}`],
      ['with a colon', `# syntax: docker/dockerfile:1\n\n${node}`, `# syntax=docker/dockerfile:1\n\n${node}`],
      [
        'below an empty line, after a byte order mark',
        `\ufeff\r\n# syntax=docker/dockerfile:1\r\n${node}`,
        `\ufeff# syntax=docker/dockerfile:1\r\n\r\n${node}`,
      ],
    ],
  ],
])('%s', (rule, cases) => {
  test.each(cases)('%s', async (_, before, after) => {
    expect(await fixed(rule, before)).toBe(after);
    expect(await fixed(rule, after)).toBe(after);
  });
});

describe('no fix', () => {
  test.each<readonly [rule: string, text: string]>([
    ['undefined-variable', `${node}ENV PYTHONPATH=$PYTHONPATH:/srv\n`],
    ['undefined-variable', `${node}EXPOSE \${SHOP_PORT}\n`],
    ['undefined-variable', `ARG RELEASE=1\n${node}ONBUILD LABEL a=$RELEASE\n`],
    ['undefined-base-argument', 'FROM alpine:3.22 AS files\nARG NODE_TAG\nFROM node:${NODE_TAG}\n'],
    ['misspelled-stage', 'FROM nginx:1.29\nCOPY --from=build /a /a\nFROM node:22 AS build\nRUN make\n'],
    [
      'misspelled-stage',
      'ARG FROM_STAGE=bulider\nFROM node:22 AS builder\nRUN make\nFROM $FROM_STAGE\nRUN make test\n',
    ],
    ['stray-command-argument', `${node}COPY dist /srv/dist\nENTRYPOINT ["node", "/srv/dist"]\nCMD ["main.js"]\n`],
    ['stray-command-argument', `${node}CMD ["sh", "-c", "serve a", "-p", "80"]\n`],
  ])('%s of %j', async (rule, text) => {
    expect(await fixed(rule, text)).toBe(text);
  });
});

describe('copy-source-missing', () => {
  const files = {
    'src/Server.js': '',
    'deploy/conf/default.conf': '',
    'package.json': '{}',
    '.dockerignore': '.git\n',
  };
  const copied = (source: string): string => `${node}COPY ${source} /srv/\n`;
  test.each([
    ['another case', 'src/server.js', 'src/Server.js', true],
    ['another case, with ./', './SRC/Server.js', './src/Server.js', true],
    ['one letter', 'pakage.json', 'package.json', false],
    ['another folder', 'conf/default.conf', 'deploy/conf/default.conf', false],
    ['a slash behind a folder', 'deploy/Conf/', 'deploy/conf/', true],
  ])('%s', async (_, source, right, safe) => {
    const given = { ...files, Dockerfile: copied(source) };
    const unsafe = await fixedProject('copy-source-missing', given, '--context', '.', '--unsafe-fixes');
    expect(unsafe.Dockerfile).toBe(copied(right));
    const safely = await fixedProject('copy-source-missing', given, '--context', '.');
    expect(safely.Dockerfile).toBe(copied(safe ? right : source));
  });

  test('a name in quotes, but none that nothing is like', async () => {
    const Dockerfile = `${node}COPY ["src/server.js", "composer.json", "/srv/"]\n`;
    const after = await fixedProject(
      'copy-source-missing',
      { ...files, Dockerfile },
      '--context',
      '.',
      '--unsafe-fixes',
    );
    expect(after.Dockerfile).toBe(Dockerfile.replace('server', 'Server'));
  });
});
