/** Mutations of a text: its characters, tokens and lines, and parts of other texts. */
import type { Random } from './random.ts';

/** What Dockerfiles, shells and the files around them have a meaning for, and names that objects have anyhow. */
const scraps: readonly string[] = [
  ...['"', "'", '\\', '\\\n', '\n', '\r', '\r\n', '\t', ' ', '`', '$', '${', '}', '$(', ')', '$((', '(', '((', '`x`'],
  ...['<<EOF', '<<-E\n', 'EOF\n', '<<"E" <<F', '<<', '|', '||', '&&', '&', ';', ';;', '!', '{', '[[', ']]', '[', ']'],
  ...[
    '--from=',
    '--mount=type=',
    '--mount=type=secret,id=',
    '--chown=',
    '--',
    '-',
    '=',
    '==',
    ',',
    ':',
    '::',
    '@',
    '%',
  ],
  ...['..', '/', '//', '*', '**', '**/', '?', '[!a-z]', '[^', '{a,b}', '{1..9}', '~', '~x', '#', '# ', '!', '\0'],
  ...['FROM ', 'FROM scratch\n', ' AS ', 'COPY ', 'ADD ', 'RUN ', 'ENV ', 'ARG ', 'USER ', 'WORKDIR ', 'ONBUILD '],
  ...[
    'SHELL ["',
    'CMD ["',
    'ENTRYPOINT ',
    'HEALTHCHECK ',
    'LABEL ',
    'EXPOSE ',
    'VOLUME ',
    'STOPSIGNAL ',
    'MAINTAINER ',
  ],
  ...[
    'if ',
    'then ',
    'fi',
    'for x in ',
    'do ',
    'done',
    'while ',
    'case x in ',
    'esac',
    'f() {',
    'set -e',
    'cd ',
    'rm -rf ',
  ],
  ...[
    'npm ci',
    'npm install ',
    'yarn ',
    'pnpm i',
    'apt-get install -y ',
    'apk add ',
    'pip install ',
    'curl ',
    'sh -c ',
  ],
  ...[
    '${x:-',
    '${x#',
    '${x/a/b}',
    '${!x}',
    '${x@Q}',
    '${#x}',
    '$X',
    '$1',
    '$@',
    "$'\\x'",
    '$TARGETARCH',
    '${NODE_ENV}',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__proto__=1', '"__proto__":{', 'prototype'],
  ...['\n# dflint ignore=root-user until=', '\n# dflint ignore', '\n# hadolint ignore=DL3008', '# check=skip=all\n'],
  ...['# escape=`\n', '# syntax=docker/dockerfile:1\n', '# shell=', 'reason="', 'until=2027-02-30', 'ignore-file='],
  ...[
    '\ud800',
    '\udc00',
    '\ufeff',
    '\u202e',
    '\u2028',
    '\u0085',
    '\u00a0',
    '\v',
    '\f',
    '\u001b[31m',
    '💥',
    'é',
    '\ufffc',
  ],
  ...[
    '0',
    '-1',
    '1e999',
    '99999999999999999999',
    '0x',
    'NaN',
    'null',
    'true',
    '[]',
    '{}',
    '[[',
    '"a":',
    '- ',
    '? ',
    '&a ',
  ],
  ...['*a', '<<: *a', '!!js/function ', '|\n', '>-\n', '---\n', '...\n', '[a.b]\n', '"""', "'''", '://', '://a@b:c/'],
];

/** Between these lie tokens. */
const tokens = /[\p{L}\p{N}_.-]+|\s+|[^\p{L}\p{N}_.\s-]/gu;

/** As many characters as an input is let grow to, so that rounds stay short. */
const most = 20_000;

/** A text near `text`; `others`: texts whose parts may come into it. */
export function mutated(text: string, others: readonly string[], random: Random): string {
  let now = text;
  for (let edits = 1 + random.below(random.once(4) ? 12 : 4); edits > 0; edits -= 1) now = edited(now, others, random);
  return now.slice(0, most);
}

function edited(text: string, others: readonly string[], random: Random): string {
  switch (random.below(10)) {
    case 0:
      return bytesChanged(text, random);
    case 1:
    case 2:
      return tokensChanged(text, random);
    case 3:
      return linesChanged(text, random);
    case 4:
      return spliced(text, random.pick([text, ...others]), random);
    case 5:
      return repeated(text, random);
    default:
      return scrapPut(text, random);
  }
}

function scrapPut(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const dropped = random.once(3) ? random.below(12) : 0;
  return text.slice(0, at) + random.pick(scraps) + text.slice(at + dropped);
}

/** Of its UTF-8: what comes out may be broken, which is decoded as files are. */
function bytesChanged(text: string, random: Random): string {
  const bytes = Buffer.from(text);
  if (bytes.length === 0) return text;
  for (let count = 1 + random.below(3); count > 0; count -= 1) bytes[random.below(bytes.length)] = random.below(256);
  return bytes.toString('utf8');
}

function tokensChanged(text: string, random: Random): string {
  const parts = text.match(tokens) ?? [];
  if (parts.length < 2) return scrapPut(text, random);
  const one = random.below(parts.length);
  const other = random.below(parts.length);
  const first = parts[one] ?? '';
  const second = parts[other] ?? '';
  const kind = random.below(4);
  if (kind === 0) parts.splice(one, 1 + random.below(3));
  else if (kind === 1) parts.splice(one, 1, second);
  else if (kind === 2) parts.splice(one, 0, second, ' ');
  else {
    parts[one] = second;
    parts[other] = first;
  }
  return parts.join('');
}

function linesChanged(text: string, random: Random): string {
  const lines = text.split('\n');
  const at = random.below(lines.length);
  const [taken = ''] = random.once(2) ? lines.splice(at, 1) : [lines[at] ?? ''];
  if (!random.once(3)) lines.splice(random.below(lines.length + 1), 0, random.once(4) ? `${taken} \\` : taken);
  return lines.join(random.once(20) ? '\r\n' : '\n');
}

/** The start of one and the end of the other, or a part of the other inside. */
function spliced(text: string, other: string, random: Random): string {
  const at = random.below(text.length + 1);
  const from = random.below(other.length + 1);
  if (random.once(2)) return text.slice(0, at) + other.slice(from);
  return text.slice(0, at) + other.slice(from, from + random.below(400)) + text.slice(at);
}

function repeated(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const part = text.slice(at, at + 1 + random.below(random.once(2) ? 4 : 60));
  return text.slice(0, at) + part.repeat(2 + random.below(random.once(10) ? 400 : 6)) + text.slice(at);
}

/** A part of the text, or a scrap, so often that the text has about `size` characters. */
export function grown(text: string, random: Random): (size: number) => string {
  const at = random.below(text.length + 1);
  const chosen = partToRepeat(text, at, random);
  const part = chosen === '' ? random.pick(scraps) : chosen;
  const [before, after] = random.once(2) ? [text.slice(0, at), text.slice(at)] : [text, ''];
  return (size) => before + part.repeat(Math.ceil(size / part.length)) + after;
}

function partToRepeat(text: string, at: number, random: Random): string {
  switch (random.below(5)) {
    case 0:
      return random.pick(scraps);
    case 1:
      return random.pick(scraps) + random.pick(scraps) + (random.once(2) ? ' ' : '');
    case 2:
      return text.slice(text.lastIndexOf('\n', at) + 1, text.indexOf('\n', at) + 1);
    case 3:
      return text.match(tokens)?.[random.below(50)] ?? '';
    default:
      return text.slice(at, at + 1 + random.below(80));
  }
}
