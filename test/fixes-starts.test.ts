/** What fixes of starts, of lost stages and of a missing .dockerignore make: the text as it is, what comes out. */
import { describe, expect, test } from 'vitest';
import { fixedProject } from './harness/fixed-project.ts';

const manifest = (scripts: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  'package.json': JSON.stringify({ name: 'shop', scripts }),
  'server.js': '',
});
const head = 'FROM node:24-slim\nWORKDIR /app\nCOPY . .\nUSER node\n';

describe('package-manager-as-command', () => {
  const plain = manifest({ start: 'node --enable-source-maps server.js', prod: 'node "server.js"' });
  test.each([
    ['exec form', plain, 'CMD [ "npm", "start" ]\n', 'CMD ["node", "--enable-source-maps", "server.js"]\n'],
    ['shell form', plain, 'cmd npm run prod\n', 'cmd ["node", "server.js"]\n'],
    [
      'yarn, on two lines',
      plain,
      'CMD ["yarn", \\\n     "start"]\nEXPOSE 80\n',
      'CMD ["node", "--enable-source-maps", "server.js"]\nEXPOSE 80\n',
    ],
    ['pnpm as an entrypoint', plain, 'ENTRYPOINT ["pnpm", "run", "prod"]\n', 'ENTRYPOINT ["node", "server.js"]\n'],
    ['through exec', plain, 'CMD exec npm start\n', 'CMD ["node", "--enable-source-maps", "server.js"]\n'],
    ['no: arguments', plain, 'CMD ["npm", "start", "--", "--port=80"]\n', undefined],
    ['no: a variable', manifest({ start: 'NODE_ENV=production node server.js' }), 'CMD ["npm", "start"]\n', undefined],
    ['no: two commands', manifest({ start: 'node migrate.js && node server.js' }), 'CMD ["npm", "start"]\n', undefined],
    [
      'no: something before it',
      manifest({ prestart: 'node a.js', start: 'node server.js' }),
      'CMD ["npm", "start"]\n',
      undefined,
    ],
    ['no: another program', manifest({ start: 'next start' }), 'CMD ["npm", "start"]\n', undefined],
  ])('%s', async (_, files, before, after) => {
    const project = { ...files, Dockerfile: `${head}${before}` };
    const { Dockerfile } = await fixedProject(
      'package-manager-as-command',
      project,
      '--unsafe-fixes',
      '--context',
      '.',
    );
    expect(Dockerfile).toBe(`${head}${after ?? before}`);
    expect((await fixedProject('package-manager-as-command', project, '--context', '.')).Dockerfile).toBe(
      project.Dockerfile,
    );
  });
});

describe('copy-lacks-from', () => {
  const build = 'FROM node:24 AS Build\nWORKDIR /app\nCOPY server.js .\nRUN npm run build\n\nFROM nginx:1.29\n';
  test.each([
    ['a name', build, 'COPY /app/dist /srv\n', build, 'COPY --from=Build /app/dist /srv\n'],
    [
      'flags stay',
      build,
      'copy --chown=nginx /app/dist \\\n  /srv\n',
      build,
      'copy --chown=nginx --from=Build /app/dist \\\n  /srv\n',
    ],
    ['an array', build, 'COPY ["/app/dist", "/srv/"]\n', build, 'COPY --from=Build ["/app/dist", "/srv/"]\n'],
    [
      'two of one stage',
      build,
      'COPY /app/dist /app/build /srv/\n',
      build,
      'COPY --from=Build /app/dist /app/build /srv/\n',
    ],
    [
      'a stage without a name',
      build.replace(' AS Build', ''),
      'COPY /app/dist /srv\n',
      build.replace('Build', 'build'),
      'COPY --from=build /app/dist /srv\n',
    ],
    ['no: one of them is of the context', build, 'COPY server.js /app/dist /srv/\n', build, undefined],
    ['no: ADD takes from no stage', build, 'ADD /app/dist /srv\n', build, undefined],
  ])('%s', async (_, stages, before, others, after) => {
    const project = { 'server.js': '', Dockerfile: `${stages}${before}` };
    const { Dockerfile } = await fixedProject('copy-lacks-from', project, '--context', '.');
    expect(Dockerfile).toBe(after === undefined ? project.Dockerfile : `${others}${after}`);
  });
});

describe('missing-dockerignore', () => {
  const files = { 'package.json': '{"name":"shop"}', 'server.js': '', '.env': 'KEY=1' };
  const made = async (Dockerfile: string, ...flags: readonly string[]): Promise<string | undefined> =>
    (await fixedProject('missing-dockerignore', { ...files, Dockerfile }, '--context', '.', ...flags)).read(
      '.dockerignore',
    );
  const node = 'FROM node:24\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\n';

  test('for Node.js, when unsafe fixes are asked for', async () => {
    expect(await made(`${node}CMD ["node", "server.js"]\n`)).toBeUndefined();
    const text = await made(`${node}CMD ["node", "server.js"]\n`, '--unsafe-fixes');
    expect(text).toBe(
      '# Version control\n.git\n.gitignore\n.gitattributes\n.github\n\n# Secrets and settings of this machine\n**/.env\n**/.env.*\n!**/.env.example\n**/*.key\n\n# Editors and the system\n.idea\n.vscode\n**/.DS_Store\n\n# Packages and output of Node.js\n**/node_modules\n**/npm-debug.log*\n**/yarn-error.log*\n**/coverage\n\n# The build itself\n.dockerignore\n**/Dockerfile*\n**/compose*.y*ml\n**/docker-compose*.y*ml\n',
    );
  });

  test('what the build or the start needs stays', async () => {
    const text = await made(
      `${node}RUN git rev-parse HEAD > version\nCOPY coverage ./coverage\nCMD ["node", "--env-file=.env", "server.js"]\n`,
      '--unsafe-fixes',
    );
    expect(text).not.toMatch(/^\.git$|^\*\*\/\.env$|^\*\*\/coverage$/m);
    expect(text).toMatch(/^\*\*\/node_modules$/m);
  });

  test('globs of commands, and one for all that the context holds, need nothing by name', async () => {
    const cleaned = `${node}RUN apt-get clean && rm -rf /var/lib/apt/lists/*\nCOPY * ./\n`;
    expect(await made(cleaned, '--unsafe-fixes')).toMatch(/^\.git$[\s\S]*^\*\*\/node_modules$/m);
  });

  test('no: there is one', async () => {
    const project = { ...files, Dockerfile: node, '.dockerignore': '# mine\n' };
    const { read } = await fixedProject('missing-dockerignore', project, '--context', '.', '--unsafe-fixes');
    expect(read('.dockerignore')).toBe('# mine\n');
  });
});
