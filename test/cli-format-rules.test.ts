import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isBuilt, runCommand } from './harness/command.ts';
import { checkXml, hasXmllint, schemaReader, workflowCommands } from './harness/report-readers.ts';
import { runCli } from './harness/run-cli.ts';
import { repository } from './harness/shared.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

/** Of each rule a file. */
const paths = readdirSync(join(repository, 'fixtures/rules'))
  .sort()
  .flatMap((rule) => {
    const folder = join('fixtures/rules', rule);
    const names = readdirSync(join(repository, folder)).filter((name) => name.endsWith('.Dockerfile'));
    return names
      .sort()
      .slice(0, 1)
      .map((name) => join(folder, name));
  });
const argv = ['--no-config', '--shellcheck', 'off', '--preset', 'all', ...paths];
const printed = async (format: string): Promise<string> => (await runCli(['--format', format, ...argv])).out;
const folder = temporaryProjects();

test('SARIF and GitLab reports keep to their schemas, and tell each finding apart', async () => {
  const sarif = await printed('sarif');
  schemaReader('sarif-schema-2.1.0.json')(sarif);
  const gitlab = await printed('gitlab');
  schemaReader('gitlab-code-quality.json')(gitlab);
  const issues: readonly { readonly fingerprint: string }[] = JSON.parse(gitlab);
  expect(issues.length).toBeGreaterThan(200);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  expect(JSON.parse(sarif).runs[0].results).toHaveLength(issues.length);
});

test.skipIf(!hasXmllint)('XML keeps to its schemas', async () => {
  checkXml(await printed('checkstyle'), 'checkstyle.xsd');
  checkXml(await printed('junit'), 'junit-10.xsd');
});

test('GitHub gets ten of a kind, and the log holds the rest', async () => {
  const log = await printed('github');
  const compact = (await printed('compact')).trimEnd().split('\n');
  const commands = workflowCommands(log);
  for (const kind of ['error', 'warning', 'notice'])
    expect(commands.filter(({ command }) => command === kind)).toHaveLength(10);
  const rest = log.split('\n').filter((line) => compact.includes(line));
  expect(rest.length).toBe(compact.length - 30);
});

describe('SARIF fixes', () => {
  const text = `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci
FROM node:22-alpine
COPY --from=0 /srv/shop/node_modules /srv/shop/node_modules
USER node
CMD ["node", "/srv/shop/server.js"]
`;

  test.each([
    ['with LF', text],
    ['with a byte order mark', `\ufeff${text}`],
    ['with CRLF', text.replaceAll('\n', '\r\n')],
  ])('%s do what --fix does', async (_, before) => {
    const cwd = folder({ Dockerfile: before });
    const only = ['--no-config', '--rule', 'stage-referenced-by-number=off', '--rule', 'unnamed-stage=warning'];
    const { out } = await runCli([...only, '--format', 'sarif'], { cwd });
    const { results }: { results: readonly Result[] } = JSON.parse(out).runs[0];
    const fixes = results.flatMap(({ ruleId, fixes = [] }) => (ruleId === 'unnamed-stage' ? fixes : []));
    expect(fixes).toHaveLength(1);
    const made = applied(before, fixes[0]?.artifactChanges[0]?.replacements ?? []);
    await runCli([...only, '--fix'], { cwd });
    expect(made).toBe(readFileSync(join(cwd, 'Dockerfile'), 'utf8'));
    expect(made).toContain('--from=deps');
  });
});

interface Replacement {
  readonly deletedRegion: {
    readonly startLine: number;
    readonly startColumn: number;
    readonly endLine: number;
    readonly endColumn: number;
  };
  readonly insertedContent: { readonly text: string };
}

interface Result {
  readonly ruleId: string;
  readonly fixes?: readonly {
    readonly artifactChanges: readonly { readonly replacements: readonly Replacement[] }[];
  }[];
}

/** As a viewer does it, for which a byte order mark is no part of the text. */
function applied(before: string, replacements: readonly Replacement[]): string {
  const mark = before.startsWith('\ufeff') ? '\ufeff' : '';
  const lines = before.slice(mark.length).split('\n');
  const offset = (line: number, column: number): number =>
    lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  let text = lines.join('\n');
  for (const { deletedRegion: at, insertedContent } of replacements.toReversed())
    text =
      text.slice(0, offset(at.startLine, at.startColumn)) +
      insertedContent.text +
      text.slice(offset(at.endLine, at.endColumn));
  return mark + text;
}

test.skipIf(!isBuilt)('reports from four threads are those from one', () => {
  const formats = ['sarif', 'gitlab', 'junit', 'github', 'text'];
  const reportsOf = (threads: string): readonly string[] => {
    const cwd = folder({});
    const files = formats.flatMap((format) => ['-f', `${format}=${join(cwd, format)}`]);
    const { status } = runCommand(['--threads', threads, ...files, ...argv], { cwd: repository });
    expect(status).toBe(1);
    return formats.map((format) => readFileSync(join(cwd, format), 'utf8'));
  };
  const one = reportsOf('1');
  for (const [at, report] of reportsOf('4').entries()) expect(report === one[at], formats[at]).toBe(true);
});
