#!/usr/bin/env node
/**
 * `npm run bench:lsp [KEYS]`: from a key to its diagnostics in the language server, over its pipes, in Dockerfiles of 500
 * lines with the project around them: one as people write them, with comments and lists of packages, a line each, and one
 * of which nearly each line is an instruction. The server waits for no further key, as it does for people. Wall-clock time as the
 * client sees it, and the processor time that the server takes for a key, which a busy machine does not lengthen as much.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = createRequire(import.meta.url)(
  'vscode-languageserver/node',
);
const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');
const lines = 500;
const warming = 60;
const keys = Number(process.argv[2] ?? 300);
/** Milliseconds from an answer to the next key: people leave more, and the server tidies up its memory in them. */
const pause = 60;

const folder = mkdtempSync(join(tmpdir(), 'dflint-bench-lsp-'));
for (const [path, text] of [
  ['.git/HEAD', ''],
  ['package.json', '{"name":"app","scripts":{"build":"tsc"},"dependencies":{"express":"4"}}'],
  ['package-lock.json', '{}'],
  ['.dockerignore', 'node_modules\n'],
  ['src/index.ts', ''],
  ['compose.yaml', 'services:\n  web:\n    build: .\n'],
  ['dflint.config.json', '{"presets":["recommended"]}'],
]) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** The instructions of good examples of rules, in six stages: what people write, of many kinds. */
function longDockerfile() {
  const rules = join(repository, 'fixtures/rules');
  const texts = readdirSync(rules)
    .sort()
    .flatMap((rule) => readdirSync(join(rules, rule)).map((name) => join(rules, rule, name)))
    .filter((path) => /\/good[^/]*Dockerfile$/.test(path))
    .map((path) => readFileSync(path, 'utf8'))
    .filter((text) => !/^#\s*(?:syntax|escape|check|want)|<<|\r|--from=|from=|^(?:SHELL|ONBUILD)/im.test(text));
  const bodies = texts.map((text) =>
    text.split('\n').filter((line) => line.trim() !== '' && !/^(?:FROM|ARG)\b/i.test(line)),
  );
  const all = [];
  for (const body of bodies) {
    if (all.length % 85 < body.length) all.push('', `FROM node:22-bookworm AS stage-${all.length}`);
    all.push(...body);
    if (all.length >= lines - 20) break;
  }
  const stages = all.flatMap((line) => /^FROM .* AS (.*)$/.exec(line)?.[1] ?? []);
  const last = ['', 'FROM node:22-bookworm', ...stages.map((name) => `COPY --from=${name} /app /${name}`), 'USER node'];
  return `${[...all.slice(0, lines - last.length), ...last].join('\n')}\n`;
}

console.log(`node ${process.version}, load ${loadavg()[0].toFixed(1)}`);
const rows = [];
for (const [name, text] of [
  ['as people write them', readFileSync(join(repository, 'fixtures/long/Dockerfile'), 'utf8')],
  ['an instruction a line', longDockerfile()],
])
  rows.push({ Dockerfile: name, ...(await measure(text)) });
console.table(rows);
rmSync(folder, { recursive: true });

async function measure(text) {
  const uri = pathToFileURL(join(folder, 'Dockerfile')).href;
  const child = spawn(process.execPath, [join(repository, 'bin/dflint.js'), 'lsp'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const waiting = new Map();
  let found = 0;
  connection.onNotification('textDocument/publishDiagnostics', ({ version, diagnostics }) => {
    found = diagnostics.length;
    waiting.get(version)?.();
  });
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: { textDocument: { publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1] } } } },
    initializationOptions: { delay: 0, shellcheck: 'off' },
  });
  await connection.sendNotification('initialized', {});
  let version = 1;
  const told = () => new Promise((done) => waiting.set(version, done));
  const first = told();
  const opening = performance.now();
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'dockerfile', version, text },
  });
  await first;
  const opened = performance.now() - opening;

  /** Milliseconds of processor time so far; Linux only. */
  function processorTime() {
    try {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    } catch {
      return Number.NaN;
    }
  }

  // A word is written into a RUN in the middle, a letter a time, and a new line now and then.
  const places = text
    .split('\n')
    .flatMap((line, at) => (/^(?:RUN| {4}rm) [^\\]*$/.test(line) ? [{ line: at, character: line.length }] : []));
  const place = places[Math.floor(places.length / 2)];
  const times = [];
  let used = 0;
  const position = { ...place };
  for (let key = 0; key < warming + keys; key += 1) {
    if (key === warming) used = processorTime();
    version += 1;
    const isNewLine = key % 20 === 19;
    const typed = isNewLine ? ' \\\n' : key % 20 === 0 ? ' ' : 'a';
    const answer = told();
    const start = performance.now();
    void connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: position, end: position }, text: typed }],
    });
    await answer;
    if (key >= warming) times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, pause));
    if (isNewLine) {
      position.line += 1;
      position.character = 0;
    } else position.character += 1;
  }
  used = processorTime() - used;
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  times.sort((one, other) => one - other);
  const at = (share) => Number(times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1));
  return {
    lines: text.split('\n').length - 1,
    diagnostics: found,
    'first ms': Number(opened.toFixed(0)),
    'median ms': at(0.5),
    'p95 ms': at(0.95),
    'processor ms a key': Number((used / keys).toFixed(1)),
  };
}
