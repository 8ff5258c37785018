/** Fixes of what BuildKit cannot read, of arrays, ignore comments and whole file systems: text in, text out. */
import { describe, expect, test } from 'vitest';
import { fixed } from './harness/fixed.ts';
import { runCli } from './harness/run-cli.ts';

type Case = readonly [what: string, before: string, after: string];

const node = 'FROM node:22-alpine\n';

/** Rules of the engine cannot be asked for alone. */
async function respelled(text: string, ...flags: readonly string[]): Promise<string> {
  const words = [
    '--no-config',
    '--shellcheck',
    'off',
    '--preset',
    'hadolint',
    '--rule',
    'user-by-name=off',
    '--fix',
    ...flags,
    '-',
  ];
  return (await runCli(words, { stdin: text })).out;
}

describe('what has no such name gets the nearest one', () => {
  test.each<Case>([
    ['an instruction', `${node}WORKDRI /srv\nUSER node\n`, `${node}WORKDIR /srv\nUSER node\n`],
    ['in small letters', `${node}  exopse 80\nuser node\n`, `${node}  expose 80\nuser node\n`],
    [
      'a flag',
      `${node}WORKDIR /srv\nCOPY --chwon=node:node a b\nUSER node\n`,
      `${node}WORKDIR /srv\nCOPY --chown=node:node a b\nUSER node\n`,
    ],
    [
      'a flag in capitals',
      `${node}WORKDIR /srv\nCOPY --Chmod=755 a b\nUSER node\n`,
      `${node}WORKDIR /srv\nCOPY --chmod=755 a b\nUSER node\n`,
    ],
    [
      'an option of a mount',
      `${node}RUN --mount=type=cache,targte=/root/.npm npm ci\nUSER node\n`,
      `${node}RUN --mount=type=cache,target=/root/.npm npm ci\nUSER node\n`,
    ],
    ['a switch', `${node}COPY --lnik a /b\nUSER node\n`, `${node}COPY --link a /b\nUSER node\n`],
    [
      'a flag that would lack its value, too',
      `${node}COPY --chwon a /b\nUSER node\n`,
      `${node}COPY --chwon a /b\nUSER node\n`,
    ],
    ['nothing is near', `${node}INSTALL curl\nUSER node\n`, `${node}INSTALL curl\nUSER node\n`],
  ])('%s', async (_, before, after) => {
    expect(await respelled(before, '--unsafe-fixes')).toBe(after);
    expect(await respelled(before)).toBe(before);
  });

  test('a rule in an ignore comment, without a risk', async () => {
    const before = `${node}# dflint ignore=root-users,DL3002 reason="root"\nUSER root\n`;
    expect(await respelled(before)).toBe(before.replace('root-users', 'root-user'));
  });
});

describe.each<readonly [rule: string, cases: readonly Case[]]>([
  [
    'broken-json-array',
    [
      ['single quotes', `${node}CMD ['node', 'shop.js']\n`, `${node}CMD ["node", "shop.js"]\n`],
      [
        'curly quotes, blanks inside',
        `${node}ENTRYPOINT [ \u201cnode\u201d, \u201cshop.js\u201d ]\n`,
        `${node}ENTRYPOINT [ "node", "shop.js" ]\n`,
      ],
      ['a comma behind the last', `${node}CMD ["node", "shop.js",]\n`, `${node}CMD ["node", "shop.js"]\n`],
      ['no comma', `${node}CMD ["node" "shop.js"]\n`, `${node}CMD ["node", "shop.js"]\n`],
      [
        'backslashes',
        `${node}CMD ["C:\\ServiceMonitor.exe", "w3svc"]\n`,
        `${node}CMD ["C:\\\\ServiceMonitor.exe", "w3svc"]\n`,
      ],
      ['of COPY', `${node}COPY ['a', 'b c', '/srv/']\n`, `${node}COPY ["a", "b c", "/srv/"]\n`],
      [
        'of a health check',
        `${node}HEALTHCHECK --interval=1m CMD ['curl', '-f', 'localhost']\n`,
        `${node}HEALTHCHECK --interval=1m CMD ["curl", "-f", "localhost"]\n`,
      ],
      ['not without quotes', `${node}CMD [node, shop.js]\n`, `${node}CMD [node, shop.js]\n`],
      ['nor without an end', `${node}CMD ["node", "shop.js"\n`, `${node}CMD ["node", "shop.js"\n`],
    ],
  ],
  [
    'copy-onto-root',
    [
      [
        'the directory that both work in',
        `${node.replace('\n', ' AS build\n')}WORKDIR /srv\nRUN make\n${node}COPY --from=build / /\nWORKDIR /srv\n`,
        `${node.replace('\n', ' AS build\n')}WORKDIR /srv\nRUN make\n${node}COPY --from=build /srv /srv\nWORKDIR /srv\n`,
      ],
      [
        'the stage as the base',
        `${node.replace('\n', ' AS build\n')}RUN make\nFROM debian:13-slim\nENV A=b\n# all of it\nCOPY --from=build / /\nCMD ["a"]\n`,
        `${node.replace('\n', ' AS build\n')}RUN make\nFROM build\nENV A=b\nCMD ["a"]\n`,
      ],
      [
        'not what comes onto more',
        `${node.replace('\n', ' AS build\n')}RUN make\nFROM debian:13-slim\nRUN apt-get update\nCOPY --from=build / /\n`,
        `${node.replace('\n', ' AS build\n')}RUN make\nFROM debian:13-slim\nRUN apt-get update\nCOPY --from=build / /\n`,
      ],
      ['nor what comes of an image', `${node}COPY --from=shop/all / /\n`, `${node}COPY --from=shop/all / /\n`],
    ],
  ],
])('%s', (rule, cases) => {
  test.each(cases)('%s', async (_, before, after) => {
    expect(await fixed(rule, before)).toBe(after);
    expect(await fixed(rule, after)).toBe(after);
  });
});
