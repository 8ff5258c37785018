/** The formats of findings, as the command line prints them and their consumers read them. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkXml, hasPython, hasXmllint, parseXml, schemaReader, workflowCommands } from './harness/report-readers.ts';
import { runCli } from './harness/run-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();
const isSarif = schemaReader('sarif-schema-2.1.0.json');
const isGitlab = schemaReader('gitlab-code-quality.json');

const shop = project({
  'web/Dockerfile': `FROM node:22-alpine
WORKDIR /srv/shop
COPY . .
RUN npm install
CMD ["node", "server.js"]
`,
  'web/package.json': '{}',
  'mail/Dockerfile': 'FROM node:22-alpine\nUSER node\nCMD ["node", "mail.js"]\n',
});

/** Names and words that each format has a meaning of its own for. */
const hostileName = '::error::x|<b>`##[error]&"\',%0A]]>\u0001\u202e@dev #1.Dockerfile';
const hostile = project({
  [hostileName]: `FROM node:22-alpine AS build
FROM node:22-alpine
COPY --from=::warning::a|b<img>]]>\uffff##[group]@team /x /y
COPPY \u001b[31m ::error::%0A |]]> <script> https://evil.example
USER [a](1)\u2028::stop-commands::x
`,
});

const formatOf = (format: string, paths: readonly string[] = ['.'], cwd = shop, env = {}) =>
  runCli(['--no-config', '--shellcheck', 'off', '--format', format, ...paths], { cwd, env });

const hostileRun = (format: string) => formatOf(format, [hostileName, '::warning::nothing\n##[error]'], hostile);

describe.each(['sarif', 'github', 'gitlab', 'checkstyle', 'junit', 'markdown', 'compact', 'json', 'text'])(
  '%s',
  (format) => {
    test('sends nothing that a terminal or a workflow obeys, whatever the files hold', async () => {
      const { out, err, status } = await hostileRun(format);
      expect(status).toBe(2);
      expect(out).toContain('COPPY');
      expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      const obeyed = workflowCommands(out + err).map(({ command }) => command);
      expect(obeyed.filter((command) => format !== 'github' || !/^(error|warning|notice)$/.test(command))).toEqual([]);
    });

    test('says the same again', async () => {
      expect(await hostileRun(format)).toEqual(await hostileRun(format));
    });

    test('of nothing to report is whole', async () => {
      const { out, status } = await formatOf(format, ['mail/Dockerfile']);
      expect(status).toBe(0);
      if (format === 'sarif') expect(JSON.parse(out).runs[0].results).toEqual([]);
      if (format === 'gitlab') expect(out).toBe('[]\n');
      if (format === 'compact' || format === 'github') expect(out).toBe('');
      if (format === 'markdown') expect(out).toBe('**dflint** 1 file: nothing to report\n');
    });
  },
);

test.each(['.', 'web', 'web/Dockerfile missing'])('SARIF of %s is valid by the schema of OASIS', async (paths) => {
  isSarif((await formatOf('sarif', paths.split(' '))).out);
  isSarif((await hostileRun('sarif')).out);
});

test('the schema would find what is wrong', () => {
  expect(() => isSarif('{"version":"2.1.0","runs":[{"results":[]}]}')).toThrow('tool');
  expect(() => isGitlab('[{"description":"x"}]')).toThrow('check_name');
});

test('GitLab takes the issues of its report', async () => {
  const { out } = await formatOf('gitlab', ['web', 'missing']);
  isGitlab(out);
  isGitlab((await hostileRun('gitlab')).out);
  const issues: readonly { fingerprint: string; severity: string; location: object }[] = JSON.parse(out);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  expect(issues.at(-1)).toMatchObject({ severity: 'blocker', location: { path: 'missing' } });
  expect(issues[0]?.location).toMatchObject({ path: 'web/Dockerfile', lines: { begin: 1, end: 1 } });
});

test.skipIf(!hasXmllint)('checkstyle and JUnit files keep to their schemas', async () => {
  for (const run of [formatOf('checkstyle', ['.', 'web', 'mail', 'missing']), hostileRun('checkstyle')])
    checkXml((await run).out, 'checkstyle.xsd');
  for (const run of [formatOf('junit', ['.', 'web', 'mail', 'missing']), hostileRun('junit')])
    checkXml((await run).out, 'junit-10.xsd');
  expect(() => checkXml('<checkstyle><file/></checkstyle>', 'checkstyle.xsd')).toThrow("'version'");
});

test.skipIf(!hasPython)('checkstyle lists each file with its findings in the order of place', async () => {
  const { children } = parseXml((await formatOf('checkstyle', ['web', 'mail'])).out);
  expect(children.map(({ attributes }) => attributes['name'])).toEqual(['mail/Dockerfile', 'web/Dockerfile']);
  const lines = children[1]?.children.map(({ attributes }) => Number(attributes['line'])) ?? [];
  expect(lines.length).toBeGreaterThan(2);
  expect(lines).toEqual(lines.toSorted((one, other) => one - other));
  expect(children[1]?.children[0]?.attributes).toMatchObject({ severity: 'warning', source: 'dflint.root-user' });
});

test.skipIf(!hasPython)('JUnit: what fails the run is a failure, the rest is skipped, clean files pass', async () => {
  const failing = await formatOf('junit', ['web', 'mail', 'missing']);
  const [mail, web, missing] = parseXml(failing.out).children;
  expect(mail?.attributes).toMatchObject({ tests: '1', failures: '0', errors: '0', skipped: '0' });
  expect(mail?.children[0]?.children).toEqual([]);
  expect(Number(web?.attributes['failures'])).toBeGreaterThan(0);
  expect(web?.children.length).toBe(Number(web?.attributes['tests']));
  expect(missing?.children[0]?.children[0]).toMatchObject({ tag: 'error', text: 'no such file or directory' });
  const argv = ['--no-config', '--fail-on', 'never', '--format', 'junit', 'web'];
  const passing = parseXml((await runCli(argv, { cwd: shop })).out);
  expect(passing.attributes['failures']).toBe('0');
  expect(passing.children[0]?.children[0]?.children[0]?.tag).toBe('skipped');
});

test.skipIf(!hasPython)('XML keeps the name of a hostile file readable', async () => {
  const [first] = parseXml((await hostileRun('checkstyle')).out).children;
  expect(first?.attributes['name']).toBe('::error::x|<b>`#\\u0023[error]&"\',%0A]]>\\u0001\\u202e@dev #1.Dockerfile');
});

test('compact is one line each', async () => {
  const { out } = await formatOf('compact', ['web']);
  expect(out.split('\n')[0]).toBe('web/Dockerfile:1:1: warning root-user no USER, and the base image runs as root');
  expect(
    out
      .trimEnd()
      .split('\n')
      .every((line) => /^web\/Dockerfile:\d+:\d+: (error|warning|info) \S+ ./.test(line)),
  ).toBe(true);
});

test('a path stays as it is in SARIF, and is found under its base', async () => {
  const { out } = await formatOf('sarif', ['Dockerfile'], join(shop, 'web'));
  const [run] = JSON.parse(out).runs;
  expect(run.originalUriBaseIds.SRCROOT.uri).toBe(`file://${shop}/`);
  expect(run.artifacts[0].location).toEqual({ uri: 'web/Dockerfile', uriBaseId: 'SRCROOT' });
  const [hostileRunOf] = JSON.parse((await hostileRun('sarif')).out).runs;
  expect(decodeURIComponent(hostileRunOf.artifacts[0].location.uri)).toBe(hostileName);
});
