/** What build arguments are worth: those given, else those that every build of what ships passes. */
import type { BuildCall, PassedArgument } from '../../context/evidence/evidence.ts';

/** Name to value; undefined where an argument comes from outside and its value is not known. */
export type GivenArguments = ReadonlyMap<string, string | undefined>;

/**
 * An argument that only some of the calls pass keeps its default: one of the builds has it. Where all pass it,
 * it has their value, or none that is known when they differ.
 */
export function givenArguments(asked: ReadonlyMap<string, string>, calls: readonly BuildCall[]): GivenArguments {
  const given = new Map<string, string | undefined>();
  const [first] = calls;
  for (const { name } of first?.arguments ?? []) {
    const passed = calls.flatMap((call) => call.arguments.find((each) => each.name === name) ?? []);
    if (passed.length === calls.length) given.set(name, agreedValue(passed));
  }
  return new Map([...given, ...asked]);
}

function agreedValue(passed: readonly PassedArgument[]): string | undefined {
  const [value, ...others] = new Set(passed.map((each) => each.value));
  return others.length === 0 ? value : undefined;
}
