/** Fixes of what the container starts, and as whom: text in, text out. */
import { describe, expect, test } from 'vitest';
import { fixed } from './harness/fixed.ts';

const node = 'FROM node:24-slim\nWORKDIR /app\nCOPY server.js ./\n';

describe('root-user', () => {
  const cases: readonly (readonly [what: string, before: string, after: string])[] = [
    [
      'the account of the base, above CMD and the comment of it',
      `${node}EXPOSE 3000\n\n# starts the shop\nCMD ["node", "server.js"]\n`,
      `${node}EXPOSE 3000\n\nUSER node\n# starts the shop\nCMD ["node", "server.js"]\n`,
    ],
    [
      'keywords in small letters, indented',
      'from node:24-slim\n  copy server.js /app/\n  cmd ["node", "/app/server.js"]\n',
      'from node:24-slim\n  copy server.js /app/\n  user node\n  cmd ["node", "/app/server.js"]\n',
    ],
    [
      'behind the last COPY where CMD comes first, without a line end',
      'FROM node:24-slim\nCMD ["node", "/app/server.js"]\nCOPY server.js /app/',
      'FROM node:24-slim\nCMD ["node", "/app/server.js"]\nCOPY server.js /app/\nUSER node',
    ],
    [
      'behind a here-document',
      'FROM node:24-slim\nCMD ["node", "/app/server.js"]\nRUN <<EOF\nmkdir /data\nchown node /data\nEOF\n\n',
      'FROM node:24-slim\nCMD ["node", "/app/server.js"]\nRUN <<EOF\nmkdir /data\nchown node /data\nEOF\nUSER node\n\n',
    ],
    [
      'USER root gives way',
      `${node}USER root\nCMD ["node", "server.js"]\n`,
      `${node}USER node\nCMD ["node", "server.js"]\n`,
    ],
    [
      'the user from before USER root comes back',
      `${node}USER 1000:1000\nRUN true\nUSER root\nRUN apt-get update\nCMD ["node", "server.js"]\n`,
      `${node}USER 1000:1000\nRUN true\nUSER root\nRUN apt-get update\nUSER 1000:1000\nCMD ["node", "server.js"]\n`,
    ],
    [
      'an account is made with the program of Alpine',
      'FROM python:3.13-alpine\nCOPY app.py /srv/\nCMD ["python", "/srv/app.py"]\n',
      'FROM python:3.13-alpine\nCOPY app.py /srv/\nRUN addgroup -S app && adduser -S -G app app\nUSER app\nCMD ["python", "/srv/app.py"]\n',
    ],
    [
      'or of Debian',
      'FROM python:3.13-slim\nCOPY app.py /srv/\nENTRYPOINT ["python", "/srv/app.py"]\n',
      'FROM python:3.13-slim\nCOPY app.py /srv/\nRUN useradd --system --create-home --user-group app\nUSER app\nENTRYPOINT ["python", "/srv/app.py"]\n',
    ],
    [
      'the server of Next.js, which writes a cache beside itself, goes to the account',
      `FROM node:24-slim AS build\nWORKDIR /web\nCOPY . .\nRUN npm ci && npm run build\nFROM node:24-slim\nWORKDIR /web\nCOPY --from=build /web/.next/standalone ./\nCOPY --from=build /web/.next/static ./.next/static\nCMD ["node", "server.js"]\n`,
      `FROM node:24-slim AS build\nWORKDIR /web\nCOPY . .\nRUN npm ci && npm run build\nFROM node:24-slim\nWORKDIR /web\nCOPY --from=build --chown=node /web/.next/standalone ./\nCOPY --from=build /web/.next/static ./.next/static\nUSER node\nCMD ["node", "server.js"]\n`,
    ],
    [
      'by its number in a linked layer, which knows no names',
      `FROM node:24-slim AS build\nWORKDIR /web\nCOPY . .\nRUN npm ci && npm run build\nFROM node:24-slim\nWORKDIR /web\nCOPY --link --from=build /web/.next/standalone ./\nCMD ["node", "server.js"]\n`,
      `FROM node:24-slim AS build\nWORKDIR /web\nCOPY . .\nRUN npm ci && npm run build\nFROM node:24-slim\nWORKDIR /web\nCOPY --link --from=build --chown=1000 /web/.next/standalone ./\nUSER node\nCMD ["node", "server.js"]\n`,
    ],
    [
      'an account that waits for it is taken',
      'FROM python:3.13-slim\nRUN useradd shop\nCOPY app.py /srv/\nCMD ["python", "/srv/app.py"]\n',
      'FROM python:3.13-slim\nRUN useradd shop\nCOPY app.py /srv/\nUSER shop\nCMD ["python", "/srv/app.py"]\n',
    ],
    [
      'a number where there are no accounts',
      'FROM golang:1.26 AS build\nRUN go build -o /shop .\nFROM scratch\nCOPY --from=build /shop /shop\nENTRYPOINT ["/shop"]\n',
      'FROM golang:1.26 AS build\nRUN go build -o /shop .\nFROM scratch\nCOPY --from=build /shop /shop\nUSER 65532:65532\nENTRYPOINT ["/shop"]\n',
    ],
  ];
  test.each(cases)('%s', async (_, before, after) => {
    expect(await fixed('root-user', before)).toBe(after);
  });

  test.each([
    ['the program lives where root does', 'FROM debian:13-slim\nWORKDIR /root\nCOPY shop .\nCMD ["./shop"]\n'],
    ['a script starts it', `${node}COPY docker-entrypoint.sh /\nENTRYPOINT ["/docker-entrypoint.sh"]\n`],
    ['nginx starts as root', 'FROM nginx:1.30\nCOPY dist /usr/share/nginx/html\n'],
    ['the base is not known', 'FROM registry.example.com/team/base\nUSER root\nCMD ["shop"]\n'],
    ['the account was taken out', 'FROM node:24-alpine\nRUN deluser node\nCMD ["node", "server.js"]\n'],
    ['no useradd comes with it', 'FROM amazonlinux:2023\nCOPY shop /usr/bin/\nCMD ["shop"]\n'],
  ])('no fix where %s', async (_, text) => {
    expect(await fixed('root-user', text)).toBe(text);
  });

  test.each([
    ['a volume', `${node}VOLUME /app/data\nCMD ["node", "server.js"]\n`],
    ['a port below 1024', `${node}EXPOSE 80\nCMD ["node", "server.js"]\n`],
    ['a directory made for it', `${node}RUN mkdir uploads\nCMD ["node", "server.js"]\n`],
    ['an account to make', 'FROM python:3.13-slim\nCMD ["python", "-m", "http.server"]\n'],
  ])('not safe with %s', async (_, text) => {
    expect(await fixed('root-user', text, { safeOnly: true })).toBe(text);
    expect(await fixed('root-user', text)).toContain('USER ');
  });
});

describe('shell-form-command', () => {
  test.each([
    ['CMD node server.js', 'CMD ["node", "server.js"]'],
    ['CMD exec node server.js', 'CMD ["node", "server.js"]'],
    ['cmd   node server.js --name "my shop"', 'cmd   ["node", "server.js", "--name", "my shop"]'],
    [`ENTRYPOINT node -e 'say("hi")'`, 'ENTRYPOINT ["node", "-e", "say(\\"hi\\")"]'],
    [
      'CMD node \\\n    --enable-source-maps \\\n    server.js',
      'CMD ["node", \\\n    "--enable-source-maps", \\\n    "server.js"]',
    ],
    ['CMD node server.js --port $PORT', 'CMD ["sh", "-c", "exec node server.js --port $PORT"]'],
    [
      'CMD npx prisma migrate deploy && node server.js',
      'CMD ["sh", "-c", "npx prisma migrate deploy && exec node server.js"]',
    ],
    ['ENTRYPOINT ["sh", "-c", "node server.js"]', 'ENTRYPOINT ["node", "server.js"]'],
  ])('%s', async (before, after) => {
    expect(await fixed('shell-form-command', `${node}${before}\n`, { safeOnly: true })).toBe(`${node}${after}\n`);
  });

  test.each([
    'CMD node server.js > /var/log/shop',
    'CMD node server.js || sleep 5',
    'CMD cd shop; node server.js',
    'CMD export PORT=80 && exec node server.js',
    'CMD NODE_ENV=production node server.js',
    'CMD source ./env',
    'CMD (node server.js)',
    'CMD node \\\n  # the shop\n  server.js',
  ])('no fix for %s', async (line) => {
    expect(await fixed('shell-form-command', `${node}${line}\n`)).toBe(`${node}${line}\n`);
  });

  test('a script may have no #! line, a login shell may set PATH, arguments may come', async () => {
    for (const lines of [
      'CMD ./start',
      'ENTRYPOINT node server.js\nCMD ["--port=80"]',
      'ENTRYPOINT ["node"]\nCMD server.js',
    ]) {
      expect(await fixed('shell-form-command', `${node}${lines}\n`, { safeOnly: true })).toBe(`${node}${lines}\n`);
      expect(await fixed('shell-form-command', `${node}${lines}\n`)).not.toBe(`${node}${lines}\n`);
    }
    const login = `${node}SHELL ["bash", "-lc"]\nCMD node server.js\n`;
    expect(await fixed('shell-form-command', login)).toBe(login);
  });
});
