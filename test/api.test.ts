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
  const dockerfile = openDockerfile(text);
  const { stages, variables } = dockerfile.symbols();
  const places = (all: readonly { readonly span: Span }[]): string => all.map(({ span }) => at(span)).join(' ');

  test('a stage is found wherever it is named, by number, too', () => {
    expect(
      stages.map(({ name, span, ships, needed, base }) => [name, at(span), span.endLine, ships, needed, base]),
    ).toEqual([
      ['Build', '2:1-4', 10, false, true, 'node:22'],
      ['ship', '11:1-25', 14, true, true, 'build'],
    ]);
    expect(stages[0] && places(stages[0].places)).toBe('2:48-53 11:6-11 12:13-18 13:28-29');
    expect(stages[0]?.places.map(({ role, written }) => `${role} ${written}`)).toEqual([
      'definition name',
      'reference name',
      'reference name',
      'reference number',
    ]);
  });

  test('a variable is found where it is read, and nowhere else', () => {
    const told = variables.map((each) => `${each.kind} ${each.name}: ${places(each.places)}`);
    expect(told).toEqual(
      expect.arrayContaining([
        'argument NODE: 1:5-9 2:39-43 3:5-9 7:11-15 7:27-31',
        'argument HOME_DIR: 4:5-13 5:12-20',
        'environment DIR: 5:5-8 6:10-13 8:33-36 9:7-10',
      ]),
    );
    expect(variables.find(({ name }) => name === 'DIR')?.places.at(-1)).toMatchObject({
      value: '/app/src',
      setAt: { line: 5, column: 5 },
    });
  });

  test('what stands at a place is told, completed and renamed', () => {
    expect(dockerfile.tell({ line: 9, column: 8 })?.markdown).toContain('/app/src');
    expect(dockerfile.complete({ line: 12, column: 13 })?.candidates.map(({ text: word }) => word)).toContain('Build');
    expect(dockerfile.rename({ line: 2, column: 49 }, 'base')).toMatchObject({
      edits: [{ at: { line: 2 } }, { at: { line: 11 } }, { at: { line: 12 } }, { at: { line: 13 }, text: 'base' }],
    });
    expect(dockerfile.renameable({ line: 6, column: 3 })).toBeUndefined();
    expect(dockerfile.outline().map(({ name }) => name)).toEqual(['NODE', 'Build', 'ship']);
    expect(dockerfile.folds()[0]).toMatchObject({ line: 2, endLine: 10 });
  });

  test('CRLF, a byte order mark and characters of two units count as editors count them', () => {
    const { stages: found, variables: named } = openDockerfile(
      '\ufeffFROM a AS x\r\nENV A="😀" B=$A\r\nRUN echo 😀 $A \\\r\n  ${B}\r\n',
    ).symbols();
    expect(found.map((each) => places(each.places))).toEqual(['1:12-13']);
    expect(named.map((each) => `${each.name} ${places(each.places)}`)).toEqual(
      expect.arrayContaining([expect.stringContaining('3:14-15'), expect.stringContaining('4:5-6')]),
    );
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
  expect(dockerfile.tell({ line: 1, column: 1 })).toBeUndefined();
  expect(dockerfile.rename({ line: 1, column: 1 }, 'a')).toHaveProperty('refused');
});
