/** What is left unjudged because it would take too long, described like a rule so that it can be explained and rated. */
import type { Build, Step } from '../model/index.ts';
import { defineRule, type Finding, finding } from '../rule.ts';
import { type Dockerfile, type Located, unreadScripts } from '../syntax/index.ts';

/** More stages than anyone writes, or generates, for one Dockerfile: what is said of each would be looked for in all. */
export const mostStages = 2_000;

/** The finding about the first stage that is too many; then nothing but the syntax of the file is judged. */
export function stagesBeyond({ instructions }: Dockerfile): Finding | undefined {
  const stages = instructions.filter(({ keyword }) => keyword === 'FROM');
  const first = stages[mostStages];
  return (
    first &&
    finding(
      first,
      `this is one of ${stages.length} stages: of more than ${mostStages} nothing but the syntax is judged`,
    )
  );
}

export const beyondLimits = defineRule({
  id: 'beyond-limits',
  says: 'this is too long, too deep or too much to be judged',
  because: 'What depends on it is not known: faults in it are not found.',
  instead: 'Put it in a file of its own, in smaller parts, or take the repetition out.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM node:22-alpine
ENV A=0123456789abcdef
ENV B=$A$A$A$A$A$A$A$A$A$A$A$A$A$A$A$A
ENV C=$B$B$B$B$B$B$B$B$B$B$B$B$B$B$B$B
# want: beyond-limits at "D=$C$C$C$C$C$C$C$C$C$C$C$C$C$C$C$C" says "D"
ENV D=$C$C$C$C$C$C$C$C$C$C$C$C$C$C$C$C
USER node
`,
  good: `FROM node:22-alpine
ENV A=0123456789abcdef
ENV B=$A$A
USER node
`,
  *check(build) {
    for (const [name, value] of build.globalArguments)
      if (value.isTooLong === true) yield finding(value, tooLong(name));
    const unfollowed = stepsOf(build).find((step) => step.isUnfollowed);
    if (unfollowed !== undefined)
      yield finding(
        unfollowed,
        'more files have been copied from place to place than are followed: from here on they are taken as not known',
      );
    for (const step of stepsOf(build)) {
      for (const { name, at } of longValues(step)) yield finding(at, tooLong(name));
      const why = step.script?.fault === undefined ? undefined : unreadScripts.get(step.script.fault);
      if (leadsTooDeep(step))
        yield finding(
          step,
          'more directories in one another than are followed: where this leads is taken as not known',
        );
      if (why !== undefined) yield finding(step, `${why}: not all of it is judged`);
    }
  },
});

/** It is written out, and yet the directory is not known after it. */
const leadsTooDeep = ({ instruction, before, after }: Step): boolean =>
  instruction.keyword === 'WORKDIR' &&
  instruction.value.text !== undefined &&
  (before.workdir !== undefined || instruction.value.text.startsWith('/')) &&
  after.workdir === undefined;

const tooLong = (name: string): string =>
  `the value of ${name} is too long or too deep to follow: it is taken as not known`;

const stepsOf = ({ stages }: Build): readonly Step[] => stages.flatMap(({ steps }) => steps);

function* longValues({ instruction, after }: Step): Iterable<{ readonly name: string; readonly at: Located }> {
  if (instruction.keyword !== 'ENV' && instruction.keyword !== 'ARG' && instruction.keyword !== 'LABEL') return;
  const values = instruction.keyword === 'ENV' ? after.env : instruction.keyword === 'ARG' ? after.args : after.labels;
  for (const pair of instruction.pairs) {
    const name = pair.name.text;
    const value = name === undefined ? undefined : values.get(name);
    if (name !== undefined && value?.isTooLong === true && value.span === pair.span) yield { name, at: pair };
  }
}
