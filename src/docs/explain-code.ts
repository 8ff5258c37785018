/** A code of another linter told on a terminal: whose it is, and what answers to it. */
import { wrap } from '../report/width.ts';
import { bareCode, linterOf, type Named, pageOf } from './codes.ts';
import { linterName, listed, type Page } from './explain-text.ts';

export function foreignCodeText({ name, codes, rules }: Named, { style, columns }: Page): string {
  const linters = listed([...new Set(codes.map((code) => linterName(linterOf(code))))]);
  const ids = listed(rules.map(({ id }) => id));
  const isOfShellcheck = codes.every((code) => linterOf(code) === 'shellcheck');
  const parts = [
    `${style.strong(bareCode(name))} is a code of ${linters}.`,
    isOfShellcheck
      ? 'dflint has ShellCheck read the scripts of RUN and of heredocs where it is on PATH (see --shellcheck), and its findings bear this code.'
      : '',
    rules.length === 0 ? '' : `${isOfShellcheck ? 'Without it, dflint itself' : 'dflint'} answers to it with ${ids}.`,
  ].filter((part) => part !== '');
  const pages = codes.flatMap((code) => pageOf(code) ?? []);
  return [...wrap(parts.join(' '), columns, ''), ...pages].map((line) => `${line}\n`).join('');
}
