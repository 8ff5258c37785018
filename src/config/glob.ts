/** Globs of configurations: `*` and `?` stay within a name, `**` goes through folders, `{a,b}`, `[a-z]`, `[!a-z]`. */

export interface Globs {
  /** `path`: relative to the folder of the configuration, with `/`. */
  take(path: string): boolean;
}

/**
 * Taken is what one glob matches and no later `!glob` takes out. A glob without a slash matches at any depth; one that
 * matches a folder takes what is in it.
 */
export function readGlobs(globs: readonly string[]): Globs {
  const read = globs.map((glob) => {
    const isExcept = glob.startsWith('!');
    return { isExcept, tests: alternatives(isExcept ? glob.slice(1) : glob).map(readGlob) };
  });
  const startsWithAll = read[0]?.isExcept === true;
  return {
    take: (path) => {
      let taken = startsWithAll;
      for (const { isExcept, tests } of read)
        if (taken === isExcept && tests.some((test) => test.test(path))) taken = !isExcept;
      return taken;
    },
  };
}

const mostAlternatives = 256;

/** `a/{b,c}` as `a/b` and `a/c`, nested ones, too; a brace without its end, or without a comma, is plain text. */
function alternatives(glob: string): readonly string[] {
  let found: readonly string[] = [glob];
  while (found.length <= mostAlternatives) {
    const parts = found.map(split);
    if (parts.every((each) => each === undefined)) break;
    found = found.flatMap((each, at) => parts[at] ?? [each]);
  }
  return found;
}

/** A glob with its first innermost brace replaced by each of the parts. */
function split(glob: string): readonly string[] | undefined {
  for (const found of glob.matchAll(/(?<!\\)\{([^{}]*)\}/g)) {
    const [whole, inner = ''] = found;
    if (!inner.includes(',')) continue;
    const [before, after] = [glob.slice(0, found.index), glob.slice(found.index + whole.length)];
    return inner.split(',').map((part) => before + part + after);
  }
  return undefined;
}

function readGlob(glob: string): RegExp {
  const anchored = glob.replace(/^\.\//, '').replace(/^\//, '');
  const folder = anchored.replace(/(?<!\/)\/+$/, '');
  const isNameOnly = !folder.includes('/') && !glob.startsWith('/') && !glob.startsWith('./');
  const names = (isNameOnly ? `**/${folder}` : folder).split(/\/+/);
  let pattern = '';
  for (const [at, name] of names.entries()) {
    const isLast = at === names.length - 1;
    // Several in a row are one: nothing is tried twice.
    if (name === '**' && names[at + 1] === '**') continue;
    if (name === '**') pattern += isLast ? '.+' : '(?:[^/]+/)*';
    else pattern += namePattern(name) + (isLast ? '' : '/');
  }
  return new RegExp(`^${pattern}${glob.endsWith('/') ? '/.*' : '(?:/.*)?'}$`, 'su');
}

function namePattern(name: string): string {
  let pattern = '';
  for (let at = 0; at < name.length; at += 1) {
    const character = name[at] ?? '';
    const range = character === '[' ? /^\[([!^]?)(\]?[^\]]*)\]/.exec(name.slice(at)) : null;
    if (character === '*') {
      while (name[at + 1] === '*') at += 1;
      pattern += '[^/]*';
    } else if (character === '?') pattern += '[^/]';
    else if (range !== null && isRange(range[2] ?? '')) {
      const inner = (range[2] ?? '').replaceAll(/[\\[\]^]/g, '\\$&');
      pattern += `[${range[1] === '' ? '' : '^/'}${inner}]`;
      at += range[0].length - 1;
    } else if (character === '\\' && at + 1 < name.length) {
      at += 1;
      pattern += plain(name[at] ?? '');
    } else pattern += plain(character);
  }
  return pattern;
}

/** Whether it has something in it, and no range that runs backwards. */
const isRange = (inner: string): boolean =>
  inner !== '' && [...inner.matchAll(/(.)-(.)/gs)].every(([, from = '', to = '']) => from <= to);

const plain = (character: string): string => character.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
