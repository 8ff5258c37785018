import { purposeOf, startingProgram } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'package-manager-as-command',
  says: 'the container starts through a package manager',
  because:
    'The package manager is process 1 and does not pass SIGTERM on: the container is killed after the grace period, requests are lost.',
  instead: 'Start the program itself: CMD ["node", "dist/server.js"].',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY . .
USER node
# want: package-manager-as-command at "CMD [\\"npm\\", \\"start\\"]" says "npm start"
CMD ["npm", "start"]
`,
  good: `FROM node:22-alpine
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
      const found = finding(
        program,
        `${program.words.join(' ')} is process 1, signals do not reach the program behind it`,
      );
      yield purposeOf(target, build.path) === 'runtime' ? found : found.rated({ severity: 'info' });
    }
  },
});
