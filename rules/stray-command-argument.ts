import {
  joinedWords,
  type StrayArgument,
  strayArguments,
  type WordsInOne,
  wordsInOne,
  wordsTakenApart,
} from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'stray-command-argument',
  says: 'a word of the start command goes astray',
  because: 'The interpreter runs something else than is named, or without the arguments that are written there.',
  instead:
    'Join folder and file: ["node", "dist/index.js"]; write what sh -c runs as one word: ["sh", "-c", "serve -p 80"].',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY dist ./dist
USER node
# want: stray-command-argument at "\\"main.js\\"" says "dist/main.js"
CMD ["node", "dist", "main.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY dist ./dist
USER node
CMD ["node", "dist/main.js"]
`,
  *check(build) {
    for (const stray of strayArguments(build)) {
      yield finding(stray, strays[stray.kind](stray)).mendedBy(joinedWords(build, stray));
    }
    for (const joined of wordsInOne(build)) {
      const { word, program, instruction } = joined;
      const taken = program === undefined ? 'is looked for as a program' : `reaches ${program} as one word`;
      const why = instruction.form === 'exec' ? 'no shell takes it apart' : 'the quotes hold it together';
      yield finding(joined, `"${word}" ${taken}: ${why}`)
        .rated({ severity: 'error' })
        .advising(apart(joined))
        .mendedBy(wordsTakenApart(build, joined));
    }
  },
});

function apart({ instruction, meant, script }: WordsInOne): string | undefined {
  if (meant === undefined) return script && `Let a shell run them: ["sh", "-c", ${JSON.stringify(script)}].`;
  const array = meant.map((each) => `"${each}"`).join(', ');
  return instruction.form === 'exec' ? `Write each word for itself: ${array}.` : `Write an array: [${array}].`;
}

const strays: Readonly<Record<StrayArgument['kind'], (stray: StrayArgument) => string>> = {
  folder: ({ interpreter, runs, argument, meant }) =>
    `${interpreter} runs ${runs} and hands it ${argument} as an argument: ${meant} is meant`,
  script: ({ interpreter, runs, argument }) =>
    `${interpreter} -c runs ${runs} alone, ${argument} and what follows are $0, $1 … of it`,
  program: ({ interpreter, argument }) => `${interpreter} without -c takes ${argument} for a script, and finds none`,
};
