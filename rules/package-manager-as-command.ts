import {
  programItself,
  purposeOf,
  signalsArrive,
  startIsTakenForScript,
  startingProgram,
  startsDevelopmentScript,
} from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'package-manager-as-command',
  says: 'the container starts through a package manager',
  because:
    'SIGTERM ends at the package manager or its shell, and the container with them: the program is killed with requests in flight.',
  instead: 'Start the program itself: CMD ["node", "dist/server.js"].',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-slim
WORKDIR /srv/shop
COPY . .
USER node
# want: package-manager-as-command at "CMD [\\"npm\\", \\"start\\"]" says "npm start"
CMD ["npm", "start"]
`,
  good: `FROM node:22-slim
WORKDIR /srv/shop
COPY . .
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const target of build.targets) {
      const program = startingProgram(target);
      const { invocation } = program ?? {};
      if (program === undefined || program.init || invocation === undefined || invocation.manager === 'bun') continue;
      if (invocation.operation !== 'run' && invocation.operation !== 'exec') continue;
      if (startIsTakenForScript(build, target)) continue;
      const call = program.words.join(' ');
      const arrive = signalsArrive(program, target);
      const told = finding(
        program,
        arrive === 'yes'
          ? `${call} stays as process 1 in front of the program; signals get through with the shell of this image`
          : `${call} is process 1, signals do not reach the program behind it in time`,
      );
      const found = told.mendedBy(programItself(build, target));
      const serves = purposeOf(target, build.path) === 'runtime' && !startsDevelopmentScript(target, build);
      if (arrive === 'yes' || !serves) yield found.rated({ severity: 'info' });
      else yield arrive === 'unknown' ? found.rated({ confidence: 'possible' }) : found;
    }
  },
});
