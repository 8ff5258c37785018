/** Fixes of words and lines around RUN, COPY, USER and ENV: text in, text out. */
import { describe, expect, test } from 'vitest';
import { fixed } from './harness/fixed.ts';

type Case = readonly [what: string, before: string, after: string];

const debian = 'FROM debian:13-slim\n';
const node = 'FROM node:22-alpine\n';
const shop = `${node}WORKDIR /srv/shop\nCOPY . .\n`;

describe.each<readonly [rule: string, cases: readonly Case[]]>([
  [
    'apt-in-script',
    [
      [
        'each call',
        `${debian}RUN apt update && apt install -y curl\n`,
        `${debian}RUN apt-get update && apt-get install -y curl\n`,
      ],
      [
        'over lines',
        `${debian}RUN apt -qq update \\\n && apt --yes \\\n      install curl\n`,
        `${debian}RUN apt-get -qq update \\\n && apt-get --yes \\\n      install curl\n`,
      ],
      ['behind sudo', `${debian}RUN sudo apt update\n`, `${debian}RUN sudo apt-get update\n`],
      ['apt-cache', `${debian}RUN apt policy curl\n`, `${debian}RUN apt-cache policy curl\n`],
      [
        'in a here-document',
        `${debian}RUN <<EOF\nset -e\napt update\nEOF\n`,
        `${debian}RUN <<EOF\nset -e\napt-get update\nEOF\n`,
      ],
      ['not what apt-get has not', `${debian}RUN apt list --installed\n`, `${debian}RUN apt list --installed\n`],
      ['nor what it does otherwise', `${debian}RUN apt upgrade -y\n`, `${debian}RUN apt upgrade -y\n`],
    ],
  ],
  [
    'user-by-name',
    [
      ['of the Node.js images', `${node}USER node\n`, `${node}USER 1000\n`],
      [
        'of useradd',
        `${debian}RUN useradd -r -u 10001 shop\nUSER shop\n`,
        `${debian}RUN useradd -r -u 10001 shop\nUSER 10001\n`,
      ],
      [
        'of adduser, in a stage below',
        `FROM alpine:3.22 AS base\nRUN adduser -D -u 1001 shop\nFROM base\nuser shop\n`,
        `FROM alpine:3.22 AS base\nRUN adduser -D -u 1001 shop\nFROM base\nuser 1001\n`,
      ],
      [
        'not where the number is chosen',
        `${debian}RUN useradd shop\nUSER shop\n`,
        `${debian}RUN useradd shop\nUSER shop\n`,
      ],
      ['nor with a group', `${node}USER node:node\n`, `${node}USER node:node\n`],
      ['nor of a base that is not known', 'FROM shop/base:1\nUSER shop\n', 'FROM shop/base:1\nUSER shop\n'],
    ],
  ],
  [
    'progress-in-build-log',
    [
      ['one', `${debian}RUN wget https://example.com/a\n`, `${debian}RUN wget -q https://example.com/a\n`],
      [
        'with flags',
        `${debian}RUN wget -O /a https://example.com/a\n`,
        `${debian}RUN wget -q -O /a https://example.com/a\n`,
      ],
      [
        'over lines',
        `${debian}RUN true \\\n  && wget \\\n    https://example.com/a\n`,
        `${debian}RUN true \\\n  && wget -q \\\n    https://example.com/a\n`,
      ],
    ],
  ],
  [
    'download-ignores-http-errors',
    [
      [
        'without flags',
        `${debian}RUN curl -o /a https://example.com/a\n`,
        `${debian}RUN curl -fL -o /a https://example.com/a\n`,
      ],
      [
        'among short flags',
        `${debian}RUN curl -sSL -o /a https://example.com/a\n`,
        `${debian}RUN curl -fsSL -o /a https://example.com/a\n`,
      ],
      [
        'both',
        `${debian}RUN curl -sS https://example.com/a > /a\n`,
        `${debian}RUN curl -fsSL https://example.com/a > /a\n`,
      ],
      ['before -O', `${debian}RUN curl -sO https://example.com/a\n`, `${debian}RUN curl -fsLO https://example.com/a\n`],
      [
        'before -o',
        `${debian}RUN curl -sLo /a https://example.com/a\n`,
        `${debian}RUN curl -fsLo /a https://example.com/a\n`,
      ],
    ],
  ],
  [
    'invalid-port',
    [
      ['a port of the host', `${node}EXPOSE 8080:80\n`, `${node}EXPOSE 80\n`],
      ['with a protocol', `${node}EXPOSE 80 127.0.0.1:53:53/udp\n`, `${node}EXPOSE 80 53/udp\n`],
      ['a comment behind it', `${node}  EXPOSE 80 # the shop\n`, `${node}  # the shop\n  EXPOSE 80\n`],
      ['not what is no port', `${node}EXPOSE 80800\n`, `${node}EXPOSE 80800\n`],
    ],
  ],
  [
    'overridden-instruction',
    [
      [
        'with its comment',
        `${node}# for now\nCMD ["sh"]\n\nENTRYPOINT ["tini", "--"]\nCMD ["node", "shop.js"]\n`,
        `${node}\nENTRYPOINT ["tini", "--"]\nCMD ["node", "shop.js"]\n`,
      ],
      ['without one', `${node}HEALTHCHECK CMD a\nHEALTHCHECK \\\n  CMD b\n`, `${node}HEALTHCHECK \\\n  CMD b\n`],
      [
        'a comment of two',
        `${node}# starts\nCMD ["sh"]\nCMD ["node", "shop.js"]\n`,
        `${node}# starts\nCMD ["node", "shop.js"]\n`,
      ],
      ['three', `${node}CMD ["a"]\nCMD ["b"]\nCMD ["c"]\n`, `${node}CMD ["c"]\n`],
    ],
  ],
  [
    'variable-read-where-set',
    [
      [
        'on one line',
        `${node}ENV PNPM_HOME=/pnpm PATH="$PNPM_HOME:$PATH"\n`,
        `${node}ENV PNPM_HOME=/pnpm\nENV PATH="$PNPM_HOME:$PATH"\n`,
      ],
      [
        'over lines',
        `${node}env A_HOME=/a \\\n    B=c \\\n    A_BIN=$A_HOME/bin \\\n    D=e\n`,
        `${node}env A_HOME=/a \\\n    B=c\nenv A_BIN=$A_HOME/bin \\\n    D=e\n`,
      ],
      [
        'a chain',
        `${node}ENV A_HOME=/a B_HOME=$A_HOME/b C_HOME=$B_HOME/c\n`,
        `${node}ENV A_HOME=/a\nENV B_HOME=$A_HOME/b\nENV C_HOME=$B_HOME/c\n`,
      ],
      [
        'not with a comment between',
        `${node}ENV A_HOME=/a \\\n  # the bin\n  A_BIN=$A_HOME/bin\n`,
        `${node}ENV A_HOME=/a \\\n  # the bin\n  A_BIN=$A_HOME/bin\n`,
      ],
    ],
  ],
  [
    'cd-instead-of-workdir',
    [
      [
        'what follows goes back',
        `${shop}# the shop window\nRUN cd client && npm ci && npm run build\nCMD ["node", "shop.js"]\n`,
        `${shop}WORKDIR /srv/shop/client\n# the shop window\nRUN npm ci && npm run build\nWORKDIR /srv/shop\nCMD ["node", "shop.js"]\n`,
      ],
      [
        'over lines',
        `${shop}RUN cd /opt/tools && \\\n    npm ci\nWORKDIR /srv\n`,
        `${shop}WORKDIR /opt/tools\nRUN npm ci\nWORKDIR /srv\n`,
      ],
      [
        'nothing hangs on it',
        `${shop.replace('\n', ' AS build\n')}run cd client && npm ci\n${node}COPY --from=build /srv/shop /srv\n`,
        `${shop.replace('\n', ' AS build\n')}workdir /srv/shop/client\nrun npm ci\n${node}COPY --from=build /srv/shop /srv\n`,
      ],
      [
        'two in one place',
        `${shop}RUN cd /usr/bin && curl -fsSLO https://example.com/a\nRUN cd /usr/bin && curl -fsSLO https://example.com/b\nRUN npm ci\n`,
        `${shop}WORKDIR /usr/bin\nRUN curl -fsSLO https://example.com/a\nRUN curl -fsSLO https://example.com/b\nWORKDIR /srv/shop\nRUN npm ci\n`,
      ],
      ['not of a part', `${shop}RUN npm ci && cd client && npm ci\n`, `${shop}RUN npm ci && cd client && npm ci\n`],
      ['nor with a variable', `${shop}RUN cd $CLIENT && npm ci\n`, `${shop}RUN cd $CLIENT && npm ci\n`],
      ['nor by ;', `${shop}RUN cd client; npm ci\n`, `${shop}RUN cd client; npm ci\n`],
    ],
  ],
  [
    'copy-without-workdir',
    [
      [
        'that of the base',
        `FROM php:8.4-apache\nRUN a2enmod rewrite\n# the shop\nCOPY . .\n`,
        `FROM php:8.4-apache\nWORKDIR /var/www/html\nRUN a2enmod rewrite\n# the shop\nCOPY . .\n`,
      ],
      ['no base', 'FROM scratch\nCOPY shop ./bin/\nCOPY a b\n', 'FROM scratch\nCOPY shop /bin/\nCOPY a /b\n'],
      ['not in the root', `${node}COPY . .\n`, `${node}COPY . .\n`],
    ],
  ],
  [
    'unusable-cache-mount',
    [
      [
        'the home of another',
        `${node}USER node\nRUN --mount=type=cache,target=/root/.npm npm ci\n`,
        `${node}USER node\nRUN --mount=type=cache,target=/home/node/.npm,uid=1000,gid=1000 npm ci\n`,
      ],
      [
        'of root',
        `${node}RUN --mount=type=cache,target=/home/node/.npm npm ci\n`,
        `${node}RUN --mount=type=cache,target=/root/.npm npm ci\n`,
      ],
      [
        'of root, for another',
        `${debian}RUN useradd -mu 1001 shop\nUSER shop\nRUN --mount=type=cache,id=pip,target=/home/shop/.cache/pip,sharing=locked pip install a\n`,
        `${debian}RUN useradd -mu 1001 shop\nUSER shop\nRUN --mount=type=cache,id=pip,target=/home/shop/.cache/pip,uid=1001,gid=1001,sharing=locked pip install a\n`,
      ],
      [
        'emptied',
        `${node}RUN --mount=type=cache,target=/root/.npm npm ci && npm cache clean --force\n`,
        `${node}RUN --mount=type=cache,target=/root/.npm npm ci\n`,
      ],
      [
        'told to do without',
        `FROM python:3.14\nRUN --mount=type=cache,target=/root/.cache/pip pip install --no-cache-dir -r a.txt\n`,
        `FROM python:3.14\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r a.txt\n`,
      ],
      [
        'of apt',
        `${debian}RUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y curl\n`,
        `${debian}RUN --mount=type=cache,target=/var/cache/apt rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y curl\n`,
      ],
      [
        'not for a number that is chosen',
        `${debian}RUN useradd -m shop\nUSER shop\nRUN --mount=type=cache,target=/home/shop/.cache/pip pip install a\n`,
        `${debian}RUN useradd -m shop\nUSER shop\nRUN --mount=type=cache,target=/home/shop/.cache/pip pip install a\n`,
      ],
    ],
  ],
])('%s', (rule, cases) => {
  test.each(cases)('%s', async (_, before, after) => {
    expect(await fixed(rule, before)).toBe(after);
    expect(await fixed(rule, after)).toBe(after);
  });
});

describe('safe or not', () => {
  test.each<readonly [rule: string, text: string, safe: boolean]>([
    ['apt-in-script', `${debian}RUN apt update\n`, true],
    ['user-by-name', `${node}USER node\n`, true],
    ['download-ignores-http-errors', `${debian}RUN curl -sSL -o /a https://example.com/a\n`, false],
    [
      'download-ignores-http-errors',
      `${debian}RUN curl -sSL -o a.tgz https://example.com/a.tgz && tar xzf a.tgz\n`,
      true,
    ],
    ['cd-instead-of-workdir', `${shop}RUN cd client && npm ci\n`, false],
    ['cd-instead-of-workdir', `${shop}WORKDIR /srv/shop/client\nWORKDIR /srv/shop\nRUN cd client && npm ci\n`, true],
    ['variable-read-where-set', `${node}ENV A_HOME=/a A_BIN=$A_HOME/bin\n`, false],
    ['unusable-cache-mount', `${node}USER node\nRUN --mount=type=cache,target=/root/.npm npm ci\n`, true],
  ])('%s of %j: %s', async (rule, text, safe) => {
    expect((await fixed(rule, text, { safeOnly: true })) !== text).toBe(safe);
    expect(await fixed(rule, text)).not.toBe(text);
  });
});
