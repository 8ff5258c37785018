/**
 * Debuggers and coverage drivers that listen or slow every request down: xdebug.org ("do not run it in production"),
 * github.com/microsoft/debugpy.
 */

const xdebug = /^(?:xdebug\/)?xdebug(?:[-@:^].*)?$/;
const debugpy = /^(?:debugpy|pydevd|pydevd-pycharm|ptvsd|remote-pdb)(?:[=<>~![].*)?$/;

type Words = readonly (string | undefined)[];

const named = (words: Words, pattern: RegExp): string | undefined =>
  words.find((word) => word !== undefined && pattern.test(word));

/** The debugger that a command puts into the image, as written. */
export function debuggerInstalled(name: string | undefined, words: Words): string | undefined {
  switch (name) {
    case 'pecl':
    case 'pie':
      return words[0] === 'install' ? named(words, xdebug) : undefined;
    case 'docker-php-ext-enable':
    case 'install-php-extensions':
      return named(words, xdebug);
    case 'pip':
    case 'pip3':
      return words[0] === 'install' ? named(words, debugpy) : undefined;
    case 'uv':
      return words[0] === 'pip' && words[1] === 'install' ? named(words, debugpy) : undefined;
    default:
      return undefined;
  }
}

/** Packages of distributions: `php-xdebug`, `php8.4-xdebug`, `php83-pecl-xdebug`. */
export const isDebuggerPackage = (name: string): boolean => /^php[\d.]*(?:-pecl)?-xdebug\d?$/.test(name);
