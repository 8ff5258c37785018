/** Tests of the text `$NAME` where the value of the variable is meant. */
import type { Located, ShellWord } from '../../syntax/index.ts';
import type { Build } from '../build.ts';
import { type ShellTest, shellTests } from './shell-tests.ts';

export interface QuotedVariable extends Located {
  /** As written between the quotes. */
  readonly text: string;
  readonly name: string;
  /** What comes of the test, whatever the variable holds. */
  readonly outcome: 'true' | 'false';
}

export function* quotedVariables(build: Build): Iterable<QuotedVariable> {
  for (const test of shellTests(build)) if (test.closed) yield* quotedIn(test);
}

function* quotedIn({ operands }: ShellTest): Iterable<QuotedVariable> {
  let negations = 0;
  while (operands[negations]?.text === '!') negations += 1;
  const [first, second, third] = operands.slice(negations);
  if (first === undefined || negations > 1) return;
  const alone = operands.length - negations;
  const isTrue = outcomeOf(alone, first, second, third);
  const at = [first, second, third].find((word) => word !== undefined && nameIn(word) !== undefined);
  const name = at === undefined ? undefined : nameIn(at);
  if (isTrue === undefined || at === undefined || name === undefined) return;
  const outcome = isTrue === (negations === 0) ? 'true' : 'false';
  yield { span: at.span, text: at.text ?? '', name, outcome };
}

/** Undefined where it hangs on what is not written. */
function outcomeOf(
  count: number,
  first: ShellWord,
  second: ShellWord | undefined,
  third: ShellWord | undefined,
): boolean | undefined {
  if (count === 1) return true;
  if (count === 2 && first.text === '-n') return true;
  if (count === 2 && first.text === '-z') return false;
  // A text that is compared with a variable asks whether a template was filled in.
  if (count !== 3 || first.text === undefined || third?.text === undefined) return undefined;
  const equal = first.text === third.text;
  if (second?.text === '=' || second?.text === '==') return equal;
  return second?.text === '!=' ? !equal : undefined;
}

/** The variable of `'$NAME'`, `'${NAME}'` and `'${NAME:-default}'`. */
const nameIn = ({ raw, text }: ShellWord): string | undefined =>
  text === undefined
    ? undefined
    : /^'\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:[:+=?-][^'{}]*)?\})'$/
        .exec(raw)
        ?.slice(1)
        .find((name) => name !== undefined);
