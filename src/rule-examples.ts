/** The examples of rules where they are bundled: no run that lints needs them, so they stand apart (see rolldown.config.js). */

const texts = new Map<string, string>();

/** Takes in examples by `RULE bad` and `RULE good`. */
export function keepExamples(examples: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(examples)) texts.set(name, text);
}

/** The example of that name; empty before it was taken in. */
export const exampleOf = (name: string): string => texts.get(name) ?? '';
