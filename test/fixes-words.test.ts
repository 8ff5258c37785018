/** Fixes that change words: exactly what becomes of a text. */
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { lint } from '../src/engine/lint.ts';
import { mend } from '../src/fix/mend.ts';

/** What the fixes of one rule make of a text. */
function fixed(rule: string, text: string): string {
  const judge = (other: string) =>
    lint({
      path: 'Dockerfile',
      text: other,
      rules: rules.filter(({ id }) => id === rule),
      selection: { presets: ['all'] },
    }).findings;
  return mend({ text, findings: judge(text) }, judge, () => true).text;
}

describe.each<readonly [rule: string, cases: readonly (readonly [before: string, after: string])[]]>([
  [
    'unnamed-stage',
    [
      [
        'FROM node:24\nRUN npm run build\nFROM nginx:1.30\nCOPY --from=0 /a /b\n',
        'FROM node:24 AS build\nRUN npm run build\nFROM nginx:1.30\nCOPY --from=build /a /b\n',
      ],
      [
        'FROM node:24\nCOPY package.json package-lock.json ./\nRUN npm ci\nFROM node:24\nCOPY . .\nRUN make\nFROM nginx:1.30\nCOPY --from=1 /a /b\nCOPY --from=0 /c /d\n',
        'FROM node:24 AS deps\nCOPY package.json package-lock.json ./\nRUN npm ci\nFROM node:24 AS build\nCOPY . .\nRUN make\nFROM nginx:1.30\nCOPY --from=build /a /b\nCOPY --from=deps /c /d\n',
      ],
      [
        'FROM golang:1.27\nRUN go install example.com/a@v1.0.0\nFROM alpine:3.23 AS tools\nFROM scratch\nCOPY --from=0 /go/bin/a /a\n',
        'FROM golang:1.27 AS tools-2\nRUN go install example.com/a@v1.0.0\nFROM alpine:3.23 AS tools\nFROM scratch\nCOPY --from=tools-2 /go/bin/a /a\n',
      ],
      [
        'FROM --platform=$BUILDPLATFORM \\\n  node:24\nFROM scratch\nCOPY --from=0 /a /b\n',
        'FROM --platform=$BUILDPLATFORM \\\n  node:24 AS files\nFROM scratch\nCOPY --from=files /a /b\n',
      ],
      // Nothing of it ends in the image: a name would only make it look as if.
      ['FROM node:24\nFROM nginx:1.30\n', 'FROM node:24\nFROM nginx:1.30\n'],
      ['FROM nginx:1.30\n', 'FROM nginx:1.30\n'],
    ],
  ],
  [
    'stage-referenced-by-number',
    [
      [
        'FROM node:24 AS Build\nFROM scratch\nCOPY --from=0 /a /b\n',
        'FROM node:24 AS Build\nFROM scratch\nCOPY --from=Build /a /b\n',
      ],
      [
        'FROM node:24 AS build\nFROM scratch\nCOPY --from="0" /a /b\n',
        'FROM node:24 AS build\nFROM scratch\nCOPY --from="build" /a /b\n',
      ],
    ],
  ],
  [
    'instruction-casing',
    [
      ['FROM a\nrun b\nWORKDIR /c\n', 'FROM a\nRUN b\nWORKDIR /c\n'],
      ['from a\nrun b\nWorkDir /c\n', 'from a\nrun b\nworkdir /c\n'],
    ],
  ],
  [
    'as-casing',
    [
      ['FROM a as b\n', 'FROM a AS b\n'],
      ['from a AS b\n', 'from a as b\n'],
      ['From a as b\n', 'From a as b\n'],
    ],
  ],
  ['stage-name-in-capitals', [['FROM a AS Build\nFROM build\n', 'FROM a AS build\nFROM build\n']]],
  [
    'maintainer',
    [
      [
        'FROM a\nMAINTAINER Ada <ada@example.com>\n',
        'FROM a\nLABEL org.opencontainers.image.authors="Ada <ada@example.com>"\n',
      ],
      ['FROM a\nmaintainer "Ada"\n', 'FROM a\nlabel org.opencontainers.image.authors="Ada"\n'],
      ['FROM a\nMAINTAINER Ada "the" first\n', 'FROM a\nMAINTAINER Ada "the" first\n'],
      ['FROM a\nMAINTAINER $NAME\n', 'FROM a\nMAINTAINER $NAME\n'],
    ],
  ],
  [
    'legacy-key-value',
    [
      ['FROM a\nENV B c\n', 'FROM a\nENV B=c\n'],
      ['FROM a\nENV B   c d  # e\n', 'FROM a\nENV B="c d  # e"\n'],
      ['FROM a\nENV B "c d"\n', 'FROM a\nENV B="c d"\n'],
      ["FROM a\nENV B 'c'\n", "FROM a\nENV B='c'\n"],
      ['FROM a\nENV PATH $PATH:/b\n', 'FROM a\nENV PATH=$PATH:/b\n'],
      ['FROM a\nENV B c "d"\n', 'FROM a\nENV B c "d"\n'],
      ['FROM a\nENV B c\\ d\n', 'FROM a\nENV B c\\ d\n'],
      ['FROM a\nENV B c \\\n  d\n', 'FROM a\nENV B c \\\n  d\n'],
      ['FROM a\nLABEL b c d\n', 'FROM a\nLABEL b="c d"\n'],
    ],
  ],
  [
    'add-for-local-file',
    [
      ['FROM a\nADD src /b/\n', 'FROM a\nADD src /b/\n'],
      ['FROM a\nADD src/main.js /b/\n', 'FROM a\nCOPY src/main.js /b/\n'],
      ['FROM a\nadd --chown=node ["main.js", "/b/"]\n', 'FROM a\ncopy --chown=node ["main.js", "/b/"]\n'],
      ['FROM a\nADD b.tar.gz /b/\n', 'FROM a\nADD b.tar.gz /b/\n'],
      ['FROM a\nONBUILD ADD . /b/\n', 'FROM a\nONBUILD COPY . /b/\n'],
    ],
  ],
  [
    'interactive-install',
    [
      ['FROM debian:13\nRUN apt-get install curl\n', 'FROM debian:13\nRUN apt-get install -y curl\n'],
      [
        'FROM debian:13\nRUN apt-get update \\\n && apt-get install --no-install-recommends \\\n    curl\n',
        'FROM debian:13\nRUN apt-get update \\\n && apt-get install -y --no-install-recommends \\\n    curl\n',
      ],
      [
        'FROM fedora:43\nRUN dnf group install "Development Tools"\n',
        'FROM fedora:43\nRUN dnf group -y install "Development Tools"\n',
      ],
      ['FROM archlinux\nRUN pacman -S git\n', 'FROM archlinux\nRUN pacman -S --noconfirm git\n'],
      [
        'FROM debian:13\nRUN bash -c "apt-get install curl"\n',
        'FROM debian:13\nRUN bash -c "apt-get install -y curl"\n',
      ],
    ],
  ],
])('%s', (rule, cases) => {
  test.each(cases)('%j', (before, after) => expect(fixed(rule, before)).toBe(after));
});
