/** What single formats say of findings: limits, fingerprints, trails, fixes. */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { schemaReader, workflowCommands } from './harness/report-readers.ts';
import { runCli } from './harness/run-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();
const run = (cwd: string, ...argv: readonly string[]) =>
  runCli(['--no-config', '--shellcheck', 'off', ...argv], { cwd });

const leaky = `FROM node:22-alpine AS build
ARG NPM_TOKEN
WORKDIR /srv/shop
COPY . .
RUN echo "//registry.npmjs.org/:_authToken=$NPM_TOKEN" > .npmrc && npm ci
FROM node:22-alpine
COPY --from=build /srv/shop /srv/shop
from scratch as docs
COPY /docs /docs
from node:22-alpine
COPY --from=build /srv/shop /srv/shop
CMD ["node", "/srv/shop/server.js"]
`;

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly snippet?: { readonly text: string };
}
interface Location {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Region };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly locations: readonly Location[];
  readonly relatedLocations?: readonly (Location & { readonly message: { readonly text: string } })[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly replacements: readonly { readonly deletedRegion: Region; readonly insertedContent: { text: string } }[];
    }[];
  }[];
}
interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly Readonly<Record<string, never>>[] } };
  readonly results: readonly Result[];
}

async function sarifOf(cwd: string, ...argv: readonly string[]): Promise<Run> {
  const { out } = await run(cwd, '--format', 'sarif', ...argv);
  return JSON.parse(out).runs[0];
}

describe('SARIF', () => {
  test('results name their rules, which describe themselves', async () => {
    const { results, tool } = await sarifOf(project({ Dockerfile: leaky }), '--preset', 'all');
    expect(results.length).toBeGreaterThan(4);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]).toMatchObject({ id: ruleId });
    for (const described of tool.driver.rules) {
      const rule = rules.find(({ id }) => id === described['id']);
      expect(described).toMatchObject({
        shortDescription: { text: rule?.says },
        properties: { category: rule?.category, since: rule?.since },
      });
      expect(described).toHaveProperty('help.markdown', expect.stringContaining(rule?.instead ?? 'none'));
      expect(JSON.stringify(described)).not.toContain('# want');
    }
  });

  test('a snippet is the text of its region, and the trail is told', async () => {
    const { results } = await sarifOf(project({ Dockerfile: leaky }));
    const lines = leaky.split('\n');
    for (const { locations, relatedLocations = [] } of results)
      for (const { physicalLocation } of [...locations, ...relatedLocations]) {
        const { startLine, startColumn, endLine, endColumn, snippet } = physicalLocation.region;
        if (startLine === endLine)
          expect(snippet?.text ?? '').toBe(lines[startLine - 1]?.slice(startColumn - 1, endColumn - 1));
      }
    const leaked = results.find(({ relatedLocations = [] }) => relatedLocations.length > 1);
    expect(leaked?.relatedLocations?.map(({ physicalLocation }) => physicalLocation.region.startLine)).toContain(10);
  });

  test('a place in another file is a place in that file', async () => {
    const cwd = project({
      'web/Dockerfile': 'FROM node:22-alpine AS prod\nCMD ["node", "x.js"]\nFROM prod AS dev\nUSER node\n',
      'compose.yaml': 'services:\n  web:\n    build:\n      context: web\n      target: prod\n',
    });
    const { results } = await sarifOf(cwd, 'web');
    const elsewhere = results
      .flatMap(({ relatedLocations = [] }) => relatedLocations)
      .map((each) => each.physicalLocation);
    expect(elsewhere.map(({ artifactLocation }) => artifactLocation.uri)).toContain('compose.yaml');
  });

  test('a byte order mark is no column', async () => {
    const regionsOf = async (text: string) => {
      const { results } = await sarifOf(project({ Dockerfile: text }), '--preset', 'all');
      return results.map(({ ruleId, locations }) => [ruleId, locations[0]?.physicalLocation.region]);
    };
    expect(await regionsOf(`\ufeff${leaky}`)).toEqual(await regionsOf(leaky));
  });

  test('fingerprints stay when lines move, and no two are the same', async () => {
    const printsOf = async (text: string): Promise<readonly string[]> => {
      const { results } = await sarifOf(project({ Dockerfile: text }), '--preset', 'all');
      return results.map(({ partialFingerprints }) => partialFingerprints['dflintFinding/v1'] ?? '');
    };
    const before = await printsOf(leaky);
    expect(new Set(before).size).toBe(before.length);
    const moved = await printsOf(`\n\n${leaky.replace('COPY . .', '\n# moved\nCOPY . .')}`);
    expect(moved.toSorted()).toEqual(before.toSorted());
    expect(await printsOf(leaky.replace('COPY . .', 'COPY src .'))).not.toEqual(before);
  });
});

describe('github', () => {
  const many = Array.from({ length: 14 }, (_, at) => `COPPY ${at}\n`).join('');
  const cwd = project({
    'a,b:c%/Dockerfile': `FROM node:22-alpine\n${many}USER node\n`,
    'clean/Dockerfile': 'FROM scratch\nUSER 1\n',
  });

  test('ten of a kind are annotated, the others are listed behind a word on how many they are', async () => {
    const { out, status } = await run(cwd, '--format', 'github', 'a,b:c%', 'missing');
    expect(status).toBe(2);
    const errors = workflowCommands(out).filter(({ command }) => command === 'error');
    expect(errors).toHaveLength(10);
    expect(errors[0]).toMatchObject({ properties: { file: 'missing' }, message: 'no such file or directory' });
    expect(errors[1]?.properties).toEqual({
      file: 'a,b:c%/Dockerfile',
      line: '2',
      endLine: '2',
      col: '1',
      endColumn: '6',
      title: 'syntax-error',
    });
    expect(errors[1]?.message.split('\n')).toHaveLength(2);
    expect(out).toContain('dflint: GitHub annotates 10 of a kind; not annotated: 5 errors\n');
    expect(out.split('\n').filter((line) => line.startsWith('a,b:c%/Dockerfile:'))).toHaveLength(5);
  });

  test('paths are those of the checkout, wherever the run is in it', async () => {
    const env = { GITHUB_WORKSPACE: cwd };
    const inside = await runCli(['--format', 'github'], { cwd: join(cwd, 'a,b:c%'), env });
    expect(workflowCommands(inside.out)[0]?.properties['file']).toBe('a,b:c%/Dockerfile');
    const outside = await runCli(['--format', 'github', join(cwd, 'a,b:c%')], { cwd: project({}), env });
    expect(workflowCommands(outside.out)[0]?.properties['file']).toBe(join(cwd, 'a,b:c%/Dockerfile'));
  });
});

describe('markdown', () => {
  test('fits into a comment; the lightest findings are left out first, and counted', async () => {
    const images = Array.from(
      { length: 400 },
      (_, at) => `FROM node:22-alpine AS Stage${at}\nCOPPY ${'x'.repeat(50)}${at}\n`,
    );
    const cwd = project({ Dockerfile: `${images.join('')}USER node\n` });
    const { out } = await run(cwd, '--preset', 'all', '--format', 'markdown');
    expect(out.length).toBeGreaterThan(50_000);
    expect(out.length).toBeLessThan(65_536);
    expect(out).toMatch(/… and \d+ more findings than a comment has room for\.\n$/);
    expect(out.match(/^\| error \|/gm)).toHaveLength(400);
    expect(out.match(/^\| (?:warning|info) \|/gm)?.length ?? 0).toBeGreaterThan(0);
  });

  test('words of files stay words', async () => {
    const cwd = project({ Dockerfile: 'FROM node:22-alpine\nCOPPY|`<b>@dev#1*https://evil.example x\nUSER node\n' });
    const { out } = await run(cwd, '--format', 'markdown');
    const row = out.split('\n').find((line) => line.includes('syntax-error')) ?? '';
    const marks = row.replace(/\\.|&#8203;/g, '…');
    expect(marks.match(/\|/g)).toHaveLength(5);
    expect(marks).not.toMatch(/[<>*]|@\w|#\d|:\/\//);
  });
});

/** A program that says one thing of the first script, and how to mend it. */
function shellcheck(): string {
  const place = { line: 2, column: 1, endLine: 2, endColumn: 8 };
  const replacement = { ...place, column: 8, precedence: 7, insertionPoint: 'beforeStart', replacement: ' || exit' };
  const comment = { file: '0', ...place, level: 'warning', code: 2164, message: 'Use cd || exit.' };
  const report = JSON.stringify({ comments: [{ ...comment, fix: { replacements: [replacement] } }] });
  const folder = project({ shellcheck: `#!/bin/sh\nprintf '%s' '${report}'\nexit 1\n` });
  chmodSync(join(folder, 'shellcheck'), 0o755);
  return join(folder, 'shellcheck');
}

describe('codes of ShellCheck', () => {
  const argv = ['--no-config', '--shellcheck', shellcheck(), '--format'];
  const cwd = project({ Dockerfile: 'FROM debian:12\nRUN cd /app; echo\nUSER nobody\n' });

  test.each(['compact', 'sarif', 'github', 'gitlab', 'checkstyle', 'junit', 'markdown'])(
    'are named in %s',
    async (format) => {
      const { out, err } = await runCli([...argv, format], { cwd });
      expect(err).toBe('');
      expect(out).toContain('shellcheck/SC2164');
    },
  );

  test('describe themselves in SARIF by where they are explained, and what ShellCheck would edit is a fix', async () => {
    const { out } = await runCli([...argv, 'sarif'], { cwd });
    const { results, tool }: Run = JSON.parse(out).runs[0];
    const result = results.find(({ ruleId }) => ruleId === 'shellcheck/SC2164');
    expect(tool.driver.rules[result?.ruleIndex ?? -1]).toMatchObject({
      id: 'shellcheck/SC2164',
      help: { text: expect.stringContaining('SC2164') },
      helpUri: 'https://www.shellcheck.net/wiki/SC2164',
    });
    expect(result?.fixes?.[0]?.artifactChanges[0]?.replacements).toEqual([
      {
        deletedRegion: { startLine: 2, startColumn: 12, endLine: 2, endColumn: 12 },
        insertedContent: { text: ' || exit' },
      },
    ]);
    schemaReader('sarif-schema-2.1.0.json')(out);
  });
});
