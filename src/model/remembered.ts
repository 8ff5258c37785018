/** Answers that several rules ask for are worked out once. */

/**
 * `answer` with its results kept for as long as what `keyOf` names is alive. What hangs on the targets of a build is kept
 * by `build.targets`: the engine notes who asks for them, and need not run the others for each target.
 */
export function remembered<Question, Answer>(
  keyOf: (question: Question) => object,
  answer: (question: Question) => Answer,
): (question: Question) => Answer {
  const known = new WeakMap<object, { readonly answer: Answer }>();
  return (question) => {
    const key = keyOf(question);
    const found = known.get(key);
    if (found !== undefined) return found.answer;
    const made = { answer: answer(question) };
    known.set(key, made);
    return made.answer;
  };
}
