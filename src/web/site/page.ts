/** Pages of the documentation: Markdown in, a whole HTML page out, that links to others as files of one folder. */
import { Marked } from 'marked';

export interface Page {
  /** From the root of the site: `rules/root-user.html`. */
  readonly path: string;
  readonly html: string;
}

const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

const places: readonly (readonly [string, string])[] = [
  ['index.html', 'Playground'],
  ['rules/index.html', 'Rules'],
  ['configuration.html', 'Configuration'],
  ['accuracy.html', 'How sure is dflint?'],
];

/** `markdown`: ours; its links to Markdown files become links to their pages. `path`: where the page will stand. */
export function pageOf(path: string, markdown: string): Page {
  const up = '../'.repeat(path.split('/').length - 1);
  const title = /^# (.+)$/m.exec(markdown)?.[1]?.replace(/[`*_]/g, '') ?? 'dflint';
  const body = reader.parse(markdown, { async: false });
  const links = places
    .map(([to, name]) => `<a href="${up}${to}"${to === path ? ' aria-current="page"' : ''}>${name}</a>`)
    .join('\n        ');
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <title>${escaped(title)} · dflint</title>
    <link rel="icon" href="${up}icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="${up}style.css" />
  </head>
  <body class="page">
    <header>
      <p class="name"><a href="${up}index.html">dflint</a></p>
      <nav aria-label="Documentation">
        ${links}
      </nav>
    </header>
    <main class="prose">
${body}    </main>
  </body>
</html>
`;
  return { path, html };
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Headings get the names that GitHub gives them, so that links into pages hold in both places. */
const reader = new Marked({
  walkTokens(token) {
    if (token.type !== 'link' || /^[a-z]+:/i.test(token.href)) return;
    token.href = token.href.replace(/(^|\/)README\.md(?=#|$)/, '$1index.html').replace(/\.md(?=#|$)/, '.html');
  },
  renderer: {
    heading({ tokens, depth, text }) {
      const name = text
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-');
      return `<h${depth} id="${name}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    table(token) {
      const row = (cells: typeof token.header, tag: string): string =>
        `<tr>${cells.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('')}</tr>\n`;
      const rows = token.rows.map((cells) => row(cells, 'td')).join('');
      return `<div class="wide" tabindex="0" role="region" aria-label="Table">\n<table>\n<thead>\n${row(token.header, 'th scope="col"').replaceAll('</th scope="col">', '</th>')}</thead>\n<tbody>\n${rows}</tbody>\n</table>\n</div>\n`;
    },
    code({ text }) {
      return `<pre tabindex="0"><code>${escaped(text)}</code></pre>\n`;
    },
  },
});
