/**
 * One pattern of a .dockerignore file, matched as github.com/moby/patternmatcher does it: plain forms are
 * compared as text, the others rewritten to a regular expression, with the odd results that this has
 * (`[*]`, `\d`, `^` in the middle). `|`, `{` and `}` are to be escaped as well and are not, for its table of
 * eight bytes has no room for them: `a*|b` is two alternatives.
 */
import { type PathTest, readExpression } from './expression.ts';
import { readPathPattern } from './path-pattern.ts';

/** Reads a cleaned pattern, its `!` removed. Undefined for one that ends the build with an error. */
export function readIgnorePattern(pattern: string): PathTest | undefined {
  if (readPathPattern(pattern) === undefined) return undefined;
  const { form, expression } = rewrite([...pattern]);
  switch (form) {
    case 'exact':
      return (path) => path === pattern;
    case 'prefix': {
      const prefix = pattern.slice(0, -2);
      return (path) => path.startsWith(prefix);
    }
    case 'suffix': {
      const suffix = pattern.slice(2);
      return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1));
    }
    case 'expression':
      return readExpression(expression);
  }
}

type Form = 'exact' | 'prefix' | 'suffix' | 'expression';

/** `Pattern.compile` of moby/patternmatcher; the expression stands between `^` and `$`. */
function rewrite(pattern: readonly string[]): { readonly form: Form; readonly expression: readonly string[] } {
  const expression: string[] = [];
  let form: Form = 'exact';
  let at = 0;
  while (at < pattern.length) {
    const start = at;
    const character = pattern[at] ?? '';
    at += 1;
    if (character === '*' && pattern[at] === '*') {
      at += 1;
      if (pattern[at] === '/') at += 1;
      if (at < pattern.length) {
        expression.push(...'(.*/)?');
        form = 'expression';
      } else if (form === 'exact') form = 'prefix';
      else {
        expression.push(...'.*');
        form = 'expression';
      }
      if (start === 0) form = 'suffix';
    } else if (character === '*' || character === '?') {
      expression.push(...(character === '*' ? '[^/]*' : '[^/]'));
      form = 'expression';
    } else if ('.+()$'.includes(character)) expression.push('\\', character);
    else if (character === '\\') {
      expression.push('\\', pattern[at] ?? '');
      at += 1;
      form = 'expression';
    } else {
      expression.push(character);
      if (character === '[' || character === ']') form = 'expression';
    }
  }
  return { form, expression };
}
