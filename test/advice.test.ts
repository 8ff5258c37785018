/** What findings advise is about the file at hand: no Node.js in a Python image. */
import { describe, expect, test } from 'vitest';
import { runCli } from './harness/run-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();

async function advice(dockerfile: string, rule: string, files: Readonly<Record<string, string>> = {}) {
  const cwd = project({ Dockerfile: dockerfile, ...files });
  const { out } = await runCli(['--no-config', '--min-confidence', 'possible', 'Dockerfile'], { cwd, columns: 400 });
  const block = out.split('\n\n').find((each) => each.includes(` ${rule}: `));
  return block?.split('\n').flatMap((line) => /^ {2}instead: (.*)$/.exec(line)?.[1] ?? []);
}

describe('advice', () => {
  test.each([
    [
      'root-user',
      'FROM node:22-alpine\nCMD ["node", "a.js"]\n',
      'End the stage with USER node, an account of the base image.',
    ],
    [
      'root-user',
      'FROM python:3.13-slim\nCMD ["python", "a.py"]\n',
      'Make an account and end the stage with it: RUN useradd --system --create-home --user-group app, then USER app.',
    ],
    [
      'root-user',
      'FROM alpine:3.22\nCMD ["/srv/api"]\n',
      'Make an account and end the stage with it: RUN addgroup -S app && adduser -S -G app app, then USER app.',
    ],
    [
      'shell-form-command',
      'FROM python:3.13-slim\nUSER 1000\nCMD python app.py\n',
      'Write a JSON array: CMD ["python", "app.py"].',
    ],
    ['unpinned-image', 'FROM nginx\n', 'Write a tag that names the release behind it, nginx:VERSION, or a digest.'],
    [
      'unlocked-install',
      'FROM node:22-alpine\nWORKDIR /app\nCOPY package.json yarn.lock ./\nRUN yarn install\nUSER node\nCMD ["node", "a.js"]\n',
      'Install what the lockfile says: yarn install --frozen-lockfile.',
    ],
  ])('%s: %j', async (rule, dockerfile, says) => {
    expect(await advice(dockerfile, rule)).toEqual([says]);
  });

  test('uv brings the project in unless it is told', async () => {
    const text =
      'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\nWORKDIR /app\nCOPY . .\nRUN uv sync --locked\nUSER 1000\nCMD ["python", "a.py"]\n';
    const [says = ''] = (await advice(text, 'source-copied-before-install')) ?? [];
    expect(says).toContain('uv sync --no-install-project');
  });

  test('findings of one rule that need different things are advised each, the same thing once', async () => {
    const text = 'FROM nginx AS a\nFROM redis AS b\nFROM redis\nCOPY --from=a /x /x\nCOPY --from=b /y /y\n';
    expect(await advice(text, 'unpinned-image')).toEqual([
      'Write a tag that names the release behind it, nginx:VERSION, or a digest.',
      'Write a tag that names the release behind it, redis:VERSION, or a digest.',
    ]);
  });

  test('a stage without a name is called what it is', async () => {
    const cwd = project({
      Dockerfile: 'FROM node:22-alpine\nCOPY package.json package-lock.json ./\nRUN npm ci\nCMD ["node", "a.js"]\n',
    });
    const { out } = await runCli(['-f', 'compact', 'Dockerfile'], { cwd });
    expect(out).toContain('ships with development packages to the final stage\n');
  });
});
