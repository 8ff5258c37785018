/** Fixes of single words and lines around RUN: text in, text out. */
import { describe, expect, test } from 'vitest';
import { fixed } from './harness/fixed.ts';

type Case = readonly [what: string, before: string, after: string];

const debian = 'FROM debian:13-slim\n';

describe.each<readonly [rule: string, cases: readonly Case[]]>([
  [
    'recommended-packages-installed',
    [
      [
        'behind the verb',
        `${debian}RUN apt-get install -y curl\n`,
        `${debian}RUN apt-get install -y --no-install-recommends curl\n`,
      ],
      [
        'of each call',
        `${debian}RUN apt-get install curl \\\n && apt install git\n`,
        `${debian}RUN apt-get install --no-install-recommends curl \\\n && apt install --no-install-recommends git\n`,
      ],
      [
        'behind options',
        `${debian}RUN apt-get -qq -y install \\\n  curl\n`,
        `${debian}RUN apt-get -qq -y install --no-install-recommends \\\n  curl\n`,
      ],
      [
        'in a here-document',
        `${debian}RUN <<EOF\napt-get install -y curl\nEOF\n`,
        `${debian}RUN <<EOF\napt-get install -y --no-install-recommends curl\nEOF\n`,
      ],
      [
        'in ONBUILD',
        `${debian}ONBUILD RUN apt-get install -y curl\n`,
        `${debian}ONBUILD RUN apt-get install -y --no-install-recommends curl\n`,
      ],
    ],
  ],
  [
    'relative-workdir',
    [
      ['below /', `${debian}WORKDIR shop\n`, `${debian}WORKDIR /shop\n`],
      ['with ./', `${debian}workdir ./shop/web # no comment\n`, `${debian}workdir ./shop/web # no comment\n`],
      ['with dots', `${debian}WORKDIR ./shop\n`, `${debian}WORKDIR /shop\n`],
      ['below that of the base', 'FROM oven/bun:1\nWORKDIR shop\n', 'FROM oven/bun:1\nWORKDIR /home/bun/app/shop\n'],
      [
        'no fix where the base is not known',
        'FROM r.example.com/base:1\nWORKDIR shop\n',
        'FROM r.example.com/base:1\nWORKDIR shop\n',
      ],
      ['no fix for a variable', `${debian}ARG at=shop\nWORKDIR $at\n`, `${debian}ARG at=shop\nWORKDIR $at\n`],
    ],
  ],
  [
    'sudo-in-build',
    [
      [
        'all of a RUN',
        `${debian}RUN sudo apt-get update && \\\n    sudo apt-get install -y curl\n`,
        `${debian}RUN apt-get update && \\\n    apt-get install -y curl\n`,
      ],
      ['in a pipe', `${debian}RUN echo a | sudo tee /etc/a\n`, `${debian}RUN echo a | tee /etc/a\n`],
      [
        'in a here-document',
        `${debian}RUN <<EOF\n  sudo apt-get update\nEOF\n`,
        `${debian}RUN <<EOF\n  apt-get update\nEOF\n`,
      ],
      ['no fix with options', `${debian}RUN sudo -H pip install x\n`, `${debian}RUN sudo -H pip install x\n`],
      [
        'no fix for another user',
        `${debian}USER www-data\nRUN sudo apt-get update\n`,
        `${debian}USER www-data\nRUN sudo apt-get update\n`,
      ],
    ],
  ],
  [
    'pipe-without-pipefail',
    [
      [
        'bash',
        `${debian}RUN curl https://e.example.com/i.sh | sh\n`,
        `${debian}SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl https://e.example.com/i.sh | sh\n`,
      ],
      [
        'ash',
        'FROM alpine:3.23\n# fetch\nRUN wget -O- https://e.example.com/i.sh | sh\n',
        'FROM alpine:3.23\nSHELL ["/bin/ash", "-eo", "pipefail", "-c"]\n# fetch\nRUN wget -O- https://e.example.com/i.sh | sh\n',
      ],
      [
        'once for a stage',
        `${debian}RUN curl https://e.example.com/a | sh\nUSER 1000\nRUN curl https://e.example.com/b | sh\n`,
        `${debian}SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl https://e.example.com/a | sh\nUSER 1000\nRUN curl https://e.example.com/b | sh\n`,
      ],
      [
        'in small letters',
        'from node:24\nrun curl https://e.example.com/i.sh | sh\n',
        'from node:24\nshell ["/bin/bash", "-o", "pipefail", "-c"]\nrun curl https://e.example.com/i.sh | sh\n',
      ],
      [
        'no fix where the base is not known',
        'FROM r.example.com/base:1\nRUN curl https://e.example.com/i.sh | sh\n',
        'FROM r.example.com/base:1\nRUN curl https://e.example.com/i.sh | sh\n',
      ],
      [
        'no fix where SHELL is set',
        `${debian}SHELL ["/bin/dash", "-c"]\nRUN curl https://e.example.com/i.sh | sh\n`,
        `${debian}SHELL ["/bin/dash", "-c"]\nRUN curl https://e.example.com/i.sh | sh\n`,
      ],
    ],
  ],
  [
    'consecutive-runs',
    [
      ['two', `${debian}RUN mkdir /a\nRUN touch /a/b\n`, `${debian}RUN mkdir /a \\\n    && touch /a/b\n`],
      [
        'three',
        `${debian}RUN mkdir /a\n\nRUN touch /a/b\nRUN touch /a/c\n`,
        `${debian}RUN mkdir /a \\\n    && touch /a/b \\\n    && touch /a/c\n`,
      ],
      [
        'with the same flags',
        `${debian}RUN --network=none mkdir /a\nRUN --network=none touch /b\n`,
        `${debian}RUN --network=none mkdir /a \\\n    && touch /b\n`,
      ],
      [
        'continued ones',
        `${debian}RUN mkdir \\\n  /a\nRUN touch \\\n  /b\n`,
        `${debian}RUN mkdir \\\n  /a \\\n    && touch \\\n  /b\n`,
      ],
      ['no fix where the directory changes', `${debian}RUN cd /a\nRUN touch b\n`, `${debian}RUN cd /a\nRUN touch b\n`],
      [
        'no fix where a comment stands between them',
        `${debian}RUN mkdir /a\n# then\nRUN touch b\n`,
        `${debian}RUN mkdir /a\n# then\nRUN touch b\n`,
      ],
    ],
  ],
])('%s', (rule, cases) => {
  test.each(cases)('%s', async (_, before, after) => {
    expect(await fixed(rule, before)).toBe(after);
  });
});

test('what may change an image is not safe', async () => {
  for (const [rule, text] of [
    ['recommended-packages-installed', `${debian}RUN apt-get install -y curl\n`],
    ['pipe-without-pipefail', `${debian}RUN curl https://e.example.com/i.sh | sh\n`],
    ['consecutive-runs', `${debian}RUN mkdir /a\nRUN touch /a/b\n`],
  ] as const)
    expect(await fixed(rule, text, { safeOnly: true })).toBe(text);
});
