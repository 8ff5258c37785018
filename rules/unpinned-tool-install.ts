import { fetchedTools, movingPackages, shipsToRun } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'unpinned-tool-install',
  says: 'a tool of npm comes in whatever version there is',
  because: 'A new release of the tool changes or breaks the build of a commit that has been built before.',
  instead: 'Say the version, or at least its major (npm install -g turbo@2), or take the tool from devDependencies.',
  category: 'reproducibility',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['hadolint/DL3016'],
  bad: `FROM node:22-alpine
# want: unpinned-tool-install at "serve" says "npm chooses the version of serve"
RUN npm install -g serve
COPY dist /srv/shop
USER node
CMD ["serve", "/srv/shop"]
`,
  good: `FROM node:22-alpine
RUN npm install -g serve@14 && npm cache clean --force
COPY dist /srv/shop
USER node
CMD ["serve", "/srv/shop"]
`,
  *check(build) {
    const ships = shipsToRun(build);
    for (const { kind, call, command, packages, first } of movingPackages(build)) {
      if (kind !== 'tool') continue;
      const found = finding(first, `${call.manager} chooses the version of ${packages.join(', ')}`);
      const answers = call.manager === 'npm' ? found : found.answering();
      yield ships && command.step.stage.reachable ? answers : answers.rated({ severity: 'info' });
    }
    for (const { span, tool, stage, command } of fetchedTools(build)) {
      const when = command === undefined ? 'each start of the container' : 'this';
      const found = finding({ span }, `${when} downloads the newest ${tool} to run it`).answering();
      yield ships && stage.reachable ? found : found.rated({ severity: 'info' });
    }
  },
});
