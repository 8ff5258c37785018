import { baseArgumentThatIs, type UndefinedBaseArgument, undefinedBaseArguments } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const outcome = ({ name, similar, fatal, declaredInStage }: UndefinedBaseArgument): string => {
  const hint = similar === undefined ? '' : ` (did you mean ${similar}?)`;
  const where = declaredInStage === undefined ? 'before the first FROM' : 'before the first FROM, but in a stage';
  const result = fatal ? 'no build gets past this FROM' : 'it is empty here, whatever the build is given';
  return `no ARG ${name} stands ${where}${hint}: ${result}`;
};

export default defineRule({
  id: 'undefined-base-argument',
  says: 'FROM uses a variable that it does not see',
  because: 'FROM sees the ARGs before the first FROM only: any other is empty, and --build-arg does not change it.',
  instead: 'Declare it with ARG before the first FROM of the file.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['buildkit/UndefinedArgInFrom', 'buildkit/InvalidDefaultArgInFrom'],
  bad: `ARG NODE_VERSION=22
# want: undefined-base-argument at "$NODE_VERSIN" says "did you mean NODE_VERSION?"
FROM node:$NODE_VERSIN
USER node
`,
  good: `ARG NODE_VERSION=22
FROM node:$NODE_VERSION
USER node
`,
  *check(build) {
    for (const argument of undefinedBaseArguments(build)) {
      const { fatal, within, declaredInStage } = argument;
      let found = finding(argument, outcome(argument)).mendedBy(baseArgumentThatIs(build, argument));
      if (declaredInStage !== undefined) found = found.and(declaredInStage, 'this ARG is known in its stage only');
      if (fatal) found = found.rated({ severity: 'error' });
      yield found.answering(
        fatal && within === 'image' ? 'buildkit/InvalidDefaultArgInFrom' : 'buildkit/UndefinedArgInFrom',
      );
    }
  },
});
