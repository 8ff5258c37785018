/** What editors and pages ask of the API: places of names, what COPY brings, projects and configurations as data. */
import { describe, expect, test } from 'vitest';
import {
  combineConfigs,
  type FileTree,
  lint,
  openDockerfile,
  openProject,
  readConfig,
  type Span,
} from '../src/index.ts';

const at = ({ line, column, endColumn }: Span): string => `${line}:${column}-${endColumn}`;

describe('names', () => {
  const text = [
    'ARG NODE=22', //                                    1
    'FROM --platform=$BUILDPLATFORM node:${NODE} AS Build', // 2
    'ARG NODE',
    'ARG HOME_DIR=/app',
    'ENV DIR="${HOME_DIR}/src" PORT=80',
    'WORKDIR $DIR',
    'RUN echo $NODE \'$NODE\' "${NODE:-1}" \\$NODE && PORT=1 && echo $PORT',
    'RUN --mount=type=cache,target=${DIR}/.cache <<EOF',
    'echo $DIR',
    'EOF',
    'FROM build AS ship',
    'COPY --from=BUILD /a /b',
    'RUN --mount=type=bind,from=0,target=/s true',
    'CMD echo $PORT $HOME_DIR',
    '',
  ].join('\n');
  const { stages, variables, instructions } = openDockerfile(text).symbols();

  test('a stage is found wherever it is named, by number, too', () => {
    expect(
      stages.map(({ name, span, ships, needed, base }) => [name, at(span), span.endLine, ships, needed, base]),
    ).toEqual([
      ['Build', '2:1-4', 10, false, true, 'node:22'],
      ['ship', '11:1-25', 14, true, true, 'build'],
    ]);
    expect(stages[0]?.nameSpan).toMatchObject({ line: 2, column: 48, endColumn: 53 });
    expect(stages[0]?.references.map(({ span, via, byNumber }) => [at(span), via, byNumber])).toEqual([
      ['11:6-11', 'base', false],
      ['12:13-18', 'copy', false],
      ['13:28-29', 'mount', true],
    ]);
  });

  test('a variable is found where it is read, and nowhere else', () => {
    const told = variables.map(({ name, kind, stage, value, inherits, references }) => [
      `${kind} ${name}`,
      stage,
      value,
      inherits,
      references.map(({ span }) => at(span)).join(' '),
    ]);
    expect(told).toEqual([
      ['ARG NODE', undefined, '22', undefined, '2:39-43'],
      ['ARG NODE', 0, '22', 0, '7:11-15 7:27-31'],
      ['ARG HOME_DIR', 0, '/app', undefined, '5:12-20'],
      ['ENV DIR', 0, '/app/src', undefined, '6:10-13 8:33-36 9:7-10'],
      ['ENV PORT', 0, '80', undefined, '14:11-15'],
    ]);
  });

  test('instructions know their stage', () => {
    expect(instructions.slice(0, 3).map(({ keyword, stage }) => [keyword, stage])).toEqual([
      ['ARG', undefined],
      ['FROM', 0],
      ['ARG', 0],
    ]);
  });

  test('CRLF, a byte order mark and characters of two units count as editors count them', () => {
    const { stages: found, variables: named } = openDockerfile(
      '\ufeffFROM a AS x\r\nENV A="😀" B=$A\r\nRUN echo 😀 $A \\\r\n  ${B}\r\n',
    ).symbols();
    expect(found[0]?.nameSpan && at(found[0].nameSpan)).toBe('1:12-13');
    expect(named.map(({ references }) => references.map(({ span }) => at(span)))).toEqual([['3:14-15'], ['4:5-6']]);
  });
});

describe('a project as data', () => {
  const files = {
    'services/web/Dockerfile': 'FROM alpine:3.22\nCOPY . /srv\nUSER 1000\n',
    'services/web/index.html': '',
    'services/web/secret/key.pem': null,
    'services/web/.dockerignore': 'secret\n',
    'compose.yaml': 'services:\n  web:\n    build: {context: services/web, args: {A: b}}\n',
    'empty/': null,
  };
  const path = 'services/web/Dockerfile';
  const sources = (source: Parameters<typeof openDockerfile>[0]): readonly (string | undefined)[] =>
    openDockerfile(source)
      .brings(2)
      ?.files.map(({ source: from }) => from) ?? [];

  test('the context is the one that compose names, .dockerignore applied', () => {
    const text = files[path];
    expect(sources({ text, path, project: openProject(files) })).toEqual([
      '.',
      '.dockerignore',
      'Dockerfile',
      'index.html',
    ]);
    expect(sources({ text, path, project: openProject(new Map(Object.entries(files)), { context: 'empty' }) })).toEqual(
      ['.'],
    );
    expect(openDockerfile({ text, path, project: openProject(files, { context: '.' }) }).build?.context.root).toBe('/');
    expect(openDockerfile({ text, path }).build?.context.root).toBeUndefined();
  });

  test('or it is asked of a tree, with a root of its own', () => {
    const tree: FileTree = {
      kind: (asked) => (asked === '/work/app' ? 'directory' : asked === '/work/app/a.txt' ? 'file' : 'absent'),
      read: () => undefined,
      entries: (asked) => (asked === '/work/app' ? ['a.txt'] : undefined),
    };
    const project = openProject(tree, { root: '/work/app' });
    expect(sources({ text: 'FROM alpine\nCOPY a.txt /a.txt\n', project })).toEqual(['a.txt']);
  });

  test('what a configuration says of the context goes before what is found', () => {
    const config = readConfig(
      { overrides: [{ files: 'services/**', context: 'empty' }] },
      { path: 'dflint.config.json' },
    );
    expect(sources({ text: files[path], path, project: openProject(files), config })).toEqual(['.']);
  });
});

describe('configurations', () => {
  const text = 'FROM alpine:3.22 AS a\nUSER 1000\nADD b.json /b/\nFROM a AS c\n';
  const rulesOf = (source: Parameters<typeof lint>[0]): readonly string[] =>
    lint(source).findings.map(({ rule, severity }) => `${severity} ${rule}`);

  test('in each format, by name', () => {
    for (const [path, given] of [
      ['dflint.config.json', '// here\n{ "rules": { "DL3020": "error" }, }'],
      ['dflint.config.yaml', 'rules: {DL3020: error}'],
      ['dflint.config.toml', '[rules]\nDL3020 = "error"'],
      ['package.json', '{ "dflint": { "rules": { "DL3020": "error" } } }'],
    ] as const)
      expect(rulesOf({ text, config: readConfig(given, { path }) }), path).toContain('error add-for-local-file');
  });

  test('settings of the call go before it, targets that the file lacks are passed over', () => {
    const config = readConfig({ rules: { DL3020: 'error' }, targets: ['a', 'nowhere'] });
    expect(rulesOf({ text, config, settings: { 'add-for-local-file': 'off' } })).not.toContain(
      'error add-for-local-file',
    );
    expect(openDockerfile({ text, config }).build?.targets.map(({ id }) => id)).toEqual(['a']);
    expect(lint({ text, config, targets: ['nowhere'] }).unknownTargets).toEqual(['nowhere']);
  });

  test('what is extended comes first; all mistakes have places, and none is thrown', () => {
    const base = readConfig('{"rules": {"DL3020": "off"}, "presets": "strict"}');
    const own = readConfig('{"extends": ["./base.json", "recommended"], "rules": {"DL3020": "info"}}');
    expect(own.extended).toEqual(['./base.json']);
    expect(combineConfigs([base, own]).settingsOf('Dockerfile').selection).toMatchObject({
      presets: ['strict', 'recommended'],
      settings: new Map([['hadolint/DL3020', 'info']]),
    });
    expect(readConfig('{"rules": ').faults).toEqual([{ line: 1, column: 11, message: expect.any(String) }]);
    expect(readConfig('rules: {a', { format: 'yaml' }).faults).toHaveLength(1);
    expect(readConfig('null').faults.length + readConfig([]).faults.length).toBeGreaterThan(0);
  });
});

test('what ignores a finding hides it, wherever it stands', () => {
  const texts = [
    'FROM node:22\r\nRUN npm install \\\r\n  express\r\n',
    '\ufeffFROM node:22\nRUN a\n',
    '# syntax=docker/dockerfile:1\nFROM node:22\n  RUN cd /a \\\n   && sudo b\n',
  ];
  for (const text of texts) {
    const { findings } = lint({ text, presets: ['all'] });
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) {
      const edit = openDockerfile(text).ignore(finding, 'it is\nso');
      if (edit === undefined) throw new Error(finding.rule);
      const lines = text.split('\n');
      const index = edit.at.line - 1;
      const line = lines[index] ?? '';
      lines[index] = line.slice(0, edit.at.column - 1) + edit.text + line.slice(edit.at.column - 1);
      const after = lint({ text: lines.join('\n'), presets: ['all'] });
      expect(
        after.suppressed.map(({ rule }) => rule),
        JSON.stringify(lines),
      ).toContain(finding.rule);
      expect(after.findings.filter(({ rule }) => rule === finding.rule).length).toBeLessThan(
        findings.filter(({ rule }) => rule === finding.rule).length,
      );
      expect(after.suppressed[0] && lines.join('\n')).toContain('reason=it is so');
    }
  }
});

test('a language of another frontend is answered with nothing', () => {
  const dockerfile = openDockerfile('# syntax=example.com/other/frontend:1\nanything: at all\n');
  expect(dockerfile.lint().findings).toEqual([]);
  expect(dockerfile.ships()).toEqual([]);
  expect(dockerfile.graph().stages).toEqual([]);
  expect(dockerfile.symbols().stages).toEqual([]);
  expect(dockerfile.brings(2)).toBeUndefined();
});
