import { describe, expect, it } from 'vitest';
import {
  commandName,
  commandStates,
  evaluateTest,
  expandShellWord,
  expandShellWords,
  guardsHold,
  interpreterOf,
  parseShell,
  type ShellCommand,
  type ShellScript,
  type ShellWorld,
  shellOptions,
  simpleCommands,
  type VariableLookup,
  workingDirectories,
} from '../src/syntax/shell/index.ts';
import { createSource, type MappedText } from '../src/syntax/source.ts';

function textOf(text: string): MappedText {
  return { text, offsets: Array.from({ length: text.length + 1 }, (_, at) => at), source: createSource(text) };
}

const parse = (text: string): ShellScript => parseShell(textOf(text), 'posix');
const line = (command: ShellCommand): string => command.words.map((word) => word.raw).join(' ');
const lookupIn =
  (values: Record<string, string | null>): VariableLookup =>
  (name) =>
    new Map(Object.entries(values)).get(name);

/** The named command of a script; its first word is enough. */
function commandIn(script: ShellScript, start: string): ShellCommand {
  const found = [...simpleCommands(script)].find((command) => line(command).startsWith(start));
  if (found === undefined) throw new Error(`no command starts with ${start}`);
  return found;
}

describe('runs', () => {
  const sometimes = (text: string): readonly string[] =>
    parse(text)
      .commands.filter((command) => command.runs === 'sometimes')
      .map(line);

  it.each<[string, readonly string[]]>([
    ['npm ci && npm run build', []],
    ['npm ci; npm run build', []],
    ['npm ci || true', ['true']],
    ['npm ci || npm install', ['npm install']],
    ['npm ci && npm run build || echo failed', ['npm run build', 'echo failed']],
    ['npm ci && npm run build || exit 1', ['exit 1']],
    ['npm ci && npm run build || { echo failed; exit 1; }', ['echo failed', 'exit 1']],
    ['npm ci && npm run build || (echo failed && exit 1)', ['echo failed', 'exit 1']],
    ['npm ci && npm run build || (echo failed && exit 1); ls', ['npm run build', 'echo failed', 'exit 1']],
    ['cd /app || exit 1; npm ci', ['exit 1']],
    ['cd /app || exit; npm ci', ['exit']],
    ['[ -f yarn.lock ] && yarn; npm ci', ['yarn']],
    // As the last list of the script, the test decides whether the RUN succeeds.
    ['[ -f yarn.lock ] && yarn', []],
    ['[ -f yarn.lock ] && yarn && yarn build; ls', ['yarn', 'yarn build']],
    ['[ -d /app ] || mkdir /app && cd /app; ls', ['mkdir /app']],
    ['! grep -q node /etc/passwd && useradd node; ls', ['useradd node']],
    ['grep -q node /etc/passwd || useradd node', ['useradd node']],
    ['command -v yarn && yarn; ls', ['yarn']],
    ['echo $X | grep -q y && npm ci; ls', ['npm ci']],
    ['if npm ci; then ls; else npm i; fi', ['ls', 'npm i']],
    ['if npm config get x && [ -f y ]; then ls; fi', ['[ -f y ]', 'ls']],
    ['while read -r l; do npm i $l; done < list', ['npm i $l']],
    ['until curl x; do sleep 1; done; npm ci', ['sleep 1']],
    ['for p in web api; do npm ci --prefix $p; done', []],
    ['for p in $PACKAGES; do npm ci --prefix $p; done', ['npm ci --prefix $p']],
    ['for p in packages/*; do npm ci --prefix $p; done', []],
    ['case $X in a) npm ci;; *) npm i;; esac; ls', ['npm ci', 'npm i']],
    ['[[ -n $X ]] && npm ci; ls', ['npm ci']],
    ['(( X > 1 )) && npm ci; ls', ['npm ci']],
    ['{ npm ci && npm test; } || true', ['npm test', 'true']],
    ['(npm ci; npm test) || true', ['true']],
    ['setup() { npm ci; }; setup', []],
    ['setup() { npm ci; }; setup || true', ['true']],
    ['setup() { npm ci; }; [ -f x ] && setup; ls', ['npm ci', 'setup']],
    ['setup() { npm ci; }', ['npm ci']],
    ['inner() { npm ci; }; outer() { inner; }; outer', []],
    ['inner() { npm ci; }; outer() { inner || true; [ -f x ] || inner; }; outer', ['true', 'inner']],
    ['[ -f package.json ] || exit 0; npm ci', ['exit 0', 'npm ci']],
    ['if [ ! -f package.json ]; then exit 0; fi; npm ci; npm test', ['exit 0', 'npm ci', 'npm test']],
    ['(if [ ! -f x ]; then exit 0; fi); npm ci', ['exit 0']],
    ['node server.js & npm test', []],
    ['false || npm ci', ['npm ci']],
    ['npm ci || false || true', ['false', 'true']],
  ])('%s', (text, expected) => {
    const script = parse(text);
    expect(script.fault).toBeUndefined();
    expect(sometimes(text)).toEqual(expected);
  });
});

describe('guardsHold', () => {
  const files = new Set(['package-lock.json', 'packages/web']);
  const world = (values: Record<string, string | null>): ShellWorld => ({
    lookup: lookupIn(values),
    exists: (path) => files.has(path),
    hasCommand: (name) => (name === 'maybe' ? undefined : name === 'npm'),
  });

  const chooser =
    'if [ -f yarn.lock ]; then yarn --frozen-lockfile; elif [ -f package-lock.json ]; then npm ci; else exit 1; fi';
  const environment = 'if [ "$NODE_ENV" = "production" ]; then npm ci --omit=dev; else npm ci; fi';

  it.each<[string, string, Record<string, string | null>, boolean | undefined]>([
    [chooser, 'yarn', {}, false],
    [chooser, 'npm ci', {}, true],
    [chooser, 'exit 1', {}, false],
    [environment, 'npm ci --omit=dev', { NODE_ENV: 'production' }, true],
    [environment, 'npm ci --omit=dev', { NODE_ENV: 'development' }, false],
    [environment, 'npm ci --omit=dev', { NODE_ENV: null }, false],
    [environment, 'npm ci --omit=dev', {}, undefined],
    ['[ -f yarn.lock ] || npm ci', 'npm ci', {}, true],
    ['[ -f package-lock.json ] || npm i', 'npm i', {}, false],
    ['! [ -f yarn.lock ] && npm ci; ls', 'npm ci', {}, true],
    ['! ! [ -f yarn.lock ] && npm ci; ls', 'npm ci', {}, false],
    ['if ! [ -f yarn.lock ] && [ "$CI" = 1 ]; then npm ci; else npm i; fi', 'npm ci', { CI: '1' }, true],
    ['if ! [ -f yarn.lock ] && [ "$CI" = 1 ]; then npm ci; else npm i; fi', 'npm i', { CI: '1' }, false],
    ['if [ -f yarn.lock ] || [ "$CI" = 1 ]; then npm ci; else npm i; fi', 'npm i', { CI: '0' }, true],
    ['if [ -f yarn.lock ] && unknown; then npm ci; else npm i; fi', 'npm ci', {}, false],
    ['if unknown && [ -f yarn.lock ]; then npm ci; else npm i; fi', 'npm ci', {}, false],
    ['if unknown && [ -f package-lock.json ]; then npm ci; fi', 'npm ci', {}, undefined],
    ['[ -f yarn.lock ] && yarn || npm ci', 'npm ci', {}, true],
    ['[ -f yarn.lock ] && yarn || npm ci', 'yarn', {}, false],
    ['case $TARGET in prod*) npm ci;; test|dev) npm i;; *) exit 1;; esac', 'npm ci', { TARGET: 'production' }, true],
    ['case $TARGET in prod*) npm ci;; test|dev) npm i;; *) exit 1;; esac', 'npm i', { TARGET: 'dev' }, true],
    ['case $TARGET in prod*) npm ci;; test|dev) npm i;; *) exit 1;; esac', 'exit 1', { TARGET: 'dev' }, false],
    ['case $TARGET in prod*) npm ci;; test|dev) npm i;; *) exit 1;; esac', 'exit 1', {}, undefined],
    ['case a in a) npm ci;& b) npm test;; c) npm i;; esac', 'npm test', {}, true],
    ['case a in a) npm ci;;& a*) npm test;; *) npm i;; esac', 'npm test', {}, true],
    ['if command -v npm; then npm ci; fi', 'npm ci', {}, true],
    ['if command -v yarn >/dev/null 2>&1; then yarn; else npm ci; fi', 'npm ci', {}, true],
    ['which maybe && npm ci; ls', 'npm ci', {}, undefined],
    ['for p in web; do npm ci; done', 'npm ci', {}, true],
    ['while true; do npm ci; done', 'npm ci', {}, undefined],
    ['while false; do npm ci; done', 'npm ci', {}, false],
    ['[ -f yarn.lock ] && exit 0; npm ci', 'npm ci', {}, true],
    ['if [ -f package-lock.json ]; then exit 0; fi; npm i', 'npm i', {}, false],
    ['[ -f yarn.lock ] && { [ "$CI" = 1 ] || npm ci; }; ls', 'npm ci', {}, false],
    ['if { true; [ -f package-lock.json ]; }; then npm ci; fi', 'npm ci', {}, true],
    ['if [ -f yarn.lock ]; then sh -c "yarn && yarn build"; fi', 'yarn build', {}, false],
  ])('%s: %s', (text, start, values, expected) => {
    expect(guardsHold(commandIn(parse(text), start).guards, world(values))).toBe(expected);
  });

  it('takes no time with the power of the length of a list', () => {
    const list = Array.from({ length: 500 }, (_, at) => `[ -f ${at} ] ${at % 2 === 0 ? '&&' : '||'}`).join(' ');
    const command = commandIn(parse(`${list} npm ci || true`), 'npm ci');
    const start = performance.now();
    guardsHold(command.guards, world({}));
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('evaluateTest', () => {
  const world: ShellWorld = {
    lookup: lookupIn({ A: 'a', EMPTY: '', NONE: null, TWO: 'a b', N: '5' }),
    exists: (path, test) => (path === 'dir' ? test === 'd' || test === 'e' : path === 'file' ? test !== 'd' : false),
  };

  it.each<[string, boolean | undefined]>([
    ['[ a = a ]', true],
    ['[ a == b ]', false],
    ['test a != b', true],
    ['[ "$A" = a ]', true],
    ['[ "$UNKNOWN" = a ]', undefined],
    ['[ -z "$EMPTY" ]', true],
    ['[ -n "$NONE" ]', false],
    ['[ -n $NONE ]', true],
    ['[ $NONE ]', false],
    ['[ $TWO = a ]', undefined],
    ['[ "$A" ]', true],
    ['[ "x$NONE" = x ]', true],
    ['[ -z "${NONE:-default}" ]', false],
    ['[ "$N" -gt 4 ]', true],
    ['[ "$N" -eq 4 ]', false],
    ['[ "$A" -eq 4 ]', undefined],
    ['[ -f file ]', true],
    ['[ -f dir ]', false],
    ['[ -d dir ]', true],
    ['[ ! -e missing ]', true],
    ['[ a = a -a -f file ]', true],
    ['[ a = a -o "$UNKNOWN" = x ]', true],
    ['[ a = b -a "$UNKNOWN" = x ]', false],
    ['[ a = a -a "$UNKNOWN" = x ]', undefined],
    ['[ ! a = a -o b = b ]', true],
    ['[ \\( a = b -o c = c \\) -a -f missing ]', false],
    ['[ -f file', undefined],
    ['[ ]', false],
    ['[ "$(id -u)" = 0 ]', undefined],
    ['true', true],
    [':', true],
    ['false', false],
    ['npm ci', undefined],
    ['A=1', true],
    ['A=$(npm ci)', undefined],
  ])('%s', (text, expected) => {
    const [command] = parse(text).commands;
    expect(command && evaluateTest(command, world)).toBe(expected);
  });

  it.each<[string, boolean | undefined]>([
    ['[[ $A == a ]]', true],
    ['[[ $A == a* && -f file ]]', true],
    ['[[ $A == "a*" ]]', false],
    ['[[ $A != b && ! -f missing ]]', true],
    ['[[ ( $A == b || $N -gt 4 ) && -d dir ]]', true],
    ['[[ -z $NONE ]]', true],
    ['[[ $TWO == "a b" ]]', true],
    ['[[ $A =~ ^a$ ]]', undefined],
    ['[[ $A =~ ^a$ && -f missing ]]', false],
    ['[[ $A ]]', true],
    ['[[ -n $UNKNOWN || $A == a ]]', true],
  ])('%s', (text, expected) => {
    const command = commandIn(parse(`if ${text}; then npm ci; fi`), 'npm ci');
    expect(guardsHold(command.guards, world)).toBe(expected);
  });
});

describe('wrappers', () => {
  it.each<[string, string]>([
    ['sudo npm ci', 'npm ci'],
    ['sudo -E -u app -H npm ci', 'npm ci'],
    ['sudo -Eu app npm ci', 'npm ci'],
    ['sudo --user=app npm ci', 'npm ci'],
    ['sudo A=1 npm ci', 'npm ci'],
    ['doas -u app npm ci', 'npm ci'],
    ['env -u X -C /app A=1 npm ci', 'npm ci'],
    ['env - PATH=/bin npm ci', 'npm ci'],
    ['env', 'env'],
    ['env -S "npm ci"', 'env -S "npm ci"'],
    ['timeout -k 5 30 npm ci', 'npm ci'],
    ['timeout --signal=KILL 30 npm ci', 'npm ci'],
    ['timeout $T npm ci', 'npm ci'],
    ['nice -n 10 npm ci', 'npm ci'],
    ['nice -10 npm ci', 'npm ci'],
    ['ionice -c 3 -n7 nice npm ci', 'npm ci'],
    ['nohup npm start', 'npm start'],
    ['time -p npm ci', 'npm ci'],
    ['/usr/bin/time -v npm ci', 'npm ci'],
    ['command npm ci', 'npm ci'],
    ['command -v npm', 'command -v npm'],
    ['exec -a web npm start', 'npm start'],
    ['exec > log', 'exec'],
    ['xargs -r -n 1 -P 4 npm i', 'npm i'],
    ['xargs -0 -I {} npm i {}', 'npm i {}'],
    ['xargs', 'xargs'],
    ['stdbuf -oL npm ci', 'npm ci'],
    ['setpriv --reuid=1000 --regid 1000 --clear-groups npm ci', 'npm ci'],
    ['gosu node npm ci', 'npm ci'],
    ['su-exec node:node npm ci', 'npm ci'],
    ['tini -g -- npm start', 'npm start'],
    ['dumb-init npm start', 'npm start'],
    ['busybox wget x', 'wget x'],
    ['flock /tmp/lock npm ci', 'npm ci'],
    ['runuser -u node -- npm ci', 'npm ci'],
    ['sudo -u app -- env X=1 nice timeout 30 npm ci', 'npm ci'],
    ['sudo $OPTIONS npm ci', '$OPTIONS npm ci'],
    ['sudo', 'sudo'],
  ])('%s', (text, expected) => {
    const [command] = parse(text).commands;
    expect(command?.effective.map((word) => word.raw).join(' ')).toBe(expected);
  });

  it('names the program without its path', () => {
    const [command] = parse('sudo /usr/local/bin/npm ci').commands;
    expect(command && commandName(command)).toBe('npm');
    expect(command?.words[1]?.text).toBe('/usr/local/bin/npm');
    const [variable] = parse('$NPM ci').commands;
    expect(variable && commandName(variable)).toBeUndefined();
  });

  it('adds the variables of env to the environment', () => {
    const [command] = parse('A=1 sudo B=2 env "C=$X" npm ci').commands;
    expect(command?.environment.map(({ name, value }) => `${name}=${value.text ?? value.raw}`)).toEqual([
      'A=1',
      'B=2',
      'C="C=$X"',
    ]);
    expect(command?.assignments.map(({ name }) => name)).toEqual(['A']);
  });
});

describe('assignments of declarations', () => {
  it.each<[string, readonly string[]]>([
    ['export A=1 B="$X"', ['A', 'B']],
    ['export "A=1"', ['A']],
    ['readonly A=1; local B=2', ['A']],
    ['declare -x A=1', ['A']],
    ['alias ll=ls', []],
    ['A+=1', ['A']],
  ])('%s', (text, names) => {
    expect(parse(text).commands[0]?.assignments.map(({ name }) => name)).toEqual(names);
  });
});

describe('inner scripts', () => {
  it.each<[string, readonly string[]]>([
    ['sh -c "npm ci && npm test"', ['npm ci', 'npm test']],
    ["/bin/sh -euxc 'npm ci; npm test'", ['npm ci', 'npm test']],
    ["bash -l -c 'nvm install 20'", ['nvm install 20']],
    ["bash -lc 'nvm install 20'", ['nvm install 20']],
    ["bash -o pipefail -ec 'a | b'", ['a', 'b']],
    ["bash -c -e 'npm ci'", ['npm ci']],
    ["bash --norc -c 'npm ci' name x", ['npm ci']],
    ["su node -c 'npm ci'", ['npm ci']],
    ["su -c 'npm ci' node", ['npm ci']],
    ["su - node -s /bin/bash -c 'npm ci'", ['npm ci']],
    ["su -lc 'npm ci' node", ['npm ci']],
    ["runuser -l node -c 'npm ci'", ['npm ci']],
    ["sudo -u node sh -c 'npm ci'", ['npm ci']],
    ["busybox sh -c 'npm ci'", ['npm ci']],
    ["eval 'npm ci'", ['npm ci']],
    ['eval npm "ci --omit=dev"', ['npm ci --omit=dev']],
    ['eval "$(ssh-agent)"', ['ssh-agent', 'eval "$(ssh-agent)"']],
    [
      'sh -c "$(curl -fsSL https://example.com)"',
      ['curl -fsSL https://example.com', 'sh -c "$(curl -fsSL https://example.com)"'],
    ],
    ['sh -c "$CMD"', ['sh -c "$CMD"']],
    ['sh install.sh', ['sh install.sh']],
    ['curl x | sh -s -- -y', ['curl x', 'sh -s -- -y']],
    ['sh -c \'sh -c "npm ci"\'', ['npm ci']],
    ["xargs -n1 sh -c 'npm i $0'", ['npm i $0']],
    ['bash <<EOF\nnpm ci\nnpm test\nEOF', ['npm ci', 'npm test']],
    ["bash -e <<-'EOF'\n\tnpm ci\n\tEOF\nls", ['npm ci', 'ls']],
    ['sh -s x <<EOF\necho $(id) \\$HOME\nEOF', ['id', 'echo ${_} $HOME']],
    ['sudo -u node bash <<EOF\nnpm ci\nEOF', ['npm ci']],
    ['python3 <<EOF\nnpm ci\nEOF', ['python3']],
    ['sh script.sh <<EOF\nnpm ci\nEOF', ['sh script.sh']],
  ])('%s', (text, expected) => {
    const script = parse(text);
    expect(script.fault).toBeUndefined();
    expect([...simpleCommands(script)].map(line)).toEqual(expected);
  });

  it('keeps the places of the words', () => {
    const text = `sh -c "npm ci && rm -rf \\"$X\\" 'it''s'"; bash -c 'echo '"'"'a b'"'"' c'`;
    for (const command of simpleCommands(parse(text))) {
      for (const word of command.words) {
        const { column, endColumn } = word.span;
        expect(text.slice(column - 1, endColumn - 1).replaceAll(/\\"|'"'"'|''/g, '')).toContain(
          word.raw.replaceAll(/["']/g, ''),
        );
      }
    }
    const npm = commandIn(parse(text), 'npm ci');
    expect(npm.span).toEqual({ line: 1, column: 8, endLine: 1, endColumn: 14 });
  });

  it('keeps the variables that the outer shell expands, single quotes or not', () => {
    const echo = commandIn(parse(`sh -c "echo '_authToken=$TOKEN' > .npmrc && npm ci"`), 'echo');
    expect(echo.words[1]?.text).toBeUndefined();
    expect(echo.words[1] && expandShellWord(echo.words[1], lookupIn({ TOKEN: 'x' }))).toBe('_authToken=x');
    const literal = commandIn(parse(`sh -c 'echo '"'"'$TOKEN'"'"`), 'echo');
    expect(literal.words[1]?.text).toBe('$TOKEN');
  });

  it('hands on guards, redirects, environment and a scope of its own', () => {
    const script = parse('[ -f x ] && A=1 sh -c "B=2 npm ci | tee log; cd /a" > out; npm test');
    const npm = commandIn(script, 'npm ci');
    expect(npm.runs).toBe('sometimes');
    expect(npm.guards).toHaveLength(1);
    expect(npm.environment.map(({ name }) => name)).toEqual(['A', 'B']);
    expect(npm.redirects.map((redirect) => redirect.target.raw)).toEqual(['out']);
    const tee = commandIn(script, 'tee');
    expect(tee.pipeline).toBe(npm.pipeline);
    expect(tee.scope.slice(0, -1)).toEqual(npm.scope.slice(0, -1));
    expect(tee.scope).not.toEqual(npm.scope);
    expect(commandIn(script, 'npm test').scope).toEqual([]);
  });

  it('knows the pipelines that pipefail reaches', () => {
    const reached = (text: string): readonly (boolean | undefined)[] =>
      parse(text)
        .commands.flatMap((command) => command.inner?.commands ?? [command])
        .filter(({ piped }) => piped?.member === 0)
        .map(({ piped }) => piped?.by.pipefail);
    expect(reached('a | b; set -o pipefail; c | d')).toEqual([false, true]);
    expect(reached('(set -eo pipefail; a | b); c | d')).toEqual([true, false]);
    expect(reached('set -euxo pipefail && x=$(a | b) && set +o pipefail && c | d')).toEqual([true, false]);
    expect(reached('set -o pipefail; f() { a | b; }; f')).toEqual([true]);
    expect(reached("bash -eo pipefail -c 'a | b'; bash -c 'c | d'")).toEqual([true, false]);
    expect(commandIn(parse('a | { b; c $(d); } | e'), 'c').piped).toMatchObject({ member: 1, by: { members: 3 } });
    expect(commandIn(parse('a | { b; c $(d); } | e'), 'd').piped).toBeUndefined();
  });

  it('knows -e of the shell and of the script', () => {
    expect(parse("bash -ec 'a; b'").commands[0]?.inner?.errexit).toBe(true);
    expect(parse("bash -c 'set -eu; a; b'").commands[0]?.inner?.errexit).toBe(true);
    expect(parse('set -o errexit; a').errexit).toBe(true);
    expect(parse('a; set -e; b').errexit).toBe(false);
    expect(parse('set -e; a; set +e; b').errexit).toBe(false);
    expect(parse('set -ex && a').errexit).toBe(true);
  });
});

describe('simpleCommands', () => {
  it.each<[string, readonly string[]]>([
    ['echo "$(npm config get x)" && ls', ['npm config get x', 'echo "$(npm config get x)"', 'ls']],
    ['A=$(a "$(b)") c', ['b', 'a "$(b)"', 'c']],
    ['cat <<EOF | tee x\n$(id)\nEOF', ['id', 'cat', 'tee x']],
    ['f() { npm ci; }; ls; f', ['ls', 'f', 'npm ci']],
    ['f() { npm ci; }; f; f', ['f', 'npm ci', 'f', 'npm ci']],
    ['f() { g; }; g() { npm ci; }; f', ['f', 'g', 'npm ci']],
    ['f() { npm ci; f; }; f', ['f', 'npm ci', 'f']],
    ['f() { npm ci; }; trap f EXIT', ['npm ci', 'trap f EXIT']],
    ['f() { echo "$(id)"; }; f', ['f', 'id', 'echo "$(id)"']],
    ['case "$(uname -m)" in x) ls;; esac', ['uname -m', 'ls']],
    ['for x in $(ls); do rm $x; done', ['ls', 'rm $x']],
  ])('%s', (text, expected) => {
    expect([...simpleCommands(parse(text))].map(line)).toEqual(expected);
  });

  it('gives the body of a function the circumstances of its call', () => {
    const script = parse('f() { npm ci; cd /b; }; [ -f x ] && (A=1 f > log); ls');
    const npm = commandIn(script, 'npm ci');
    expect(npm.runs).toBe('sometimes');
    expect(npm.guards.map((guard) => guard.kind)).toEqual(['status']);
    expect(npm.redirects.map((redirect) => redirect.target.raw)).toEqual(['log']);
    expect(npm.environment.map(({ name }) => name)).toEqual(['A']);
    expect(npm.scope).toHaveLength(1);
  });

  it('stays small where functions call functions', () => {
    const functions = Array.from({ length: 40 }, (_, at) => `f${at}() { f${at + 1}; f${at + 1}; f${at + 1}; }`);
    expect([...simpleCommands(parse(`${functions.join('; ')}; f0`))].length).toBeLessThan(20_000);
  });
});

describe('expansion', () => {
  const lookup = lookupIn({
    ...{ A: 'archive.tar.gz', P: '/usr/local/bin/node', E: '', S: 'a b', U: null, L: 'Node', V: 'v20.1.0', G: '*.js' },
  });
  const wordOf = (text: string) => {
    const word = parse(`x ${text}`).commands[0]?.words[1];
    if (word === undefined) throw new Error(`no word in ${text}`);
    return word;
  };

  it.each<[string, string | undefined]>([
    ['plain', 'plain'],
    ['"$A"', 'archive.tar.gz'],
    ['pre-${A}-post', 'pre-archive.tar.gz-post'],
    ['$UNKNOWN', undefined],
    ['"$U"', ''],
    ['$1', undefined],
    ['$@', undefined],
    ['${U:-default}', 'default'],
    ['${E:-default}', 'default'],
    ['${E-default}', ''],
    ['${U-"a $L"}', 'a Node'],
    ['${UNKNOWN:-default}', undefined],
    ['${A:+set}', 'set'],
    ['${U:+set}', ''],
    ['${UNKNOWN:+}', ''],
    ['${U:=x}', 'x'],
    ['${A:?missing}', 'archive.tar.gz'],
    ['${U:?missing}', undefined],
    ['${#L}', '4'],
    ['${A%.*}', 'archive.tar'],
    ['${A%%.*}', 'archive'],
    ['${A#*.}', 'tar.gz'],
    ['${A##*.}', 'gz'],
    ['${P##*/}', 'node'],
    ['${P%/*}', '/usr/local/bin'],
    ['${V#v}', '20.1.0'],
    ['${V%%.*}', 'v20'],
    ['${A/archive/backup}', 'backup.tar.gz'],
    ['${A/./-}', 'archive-tar.gz'],
    ['${A//./-}', 'archive-tar-gz'],
    ['${P//\\//_}', '_usr_local_bin_node'],
    ['${A/#archive/x}', 'x.tar.gz'],
    ['${A/%gz/xz}', 'archive.tar.xz'],
    ['${A/[a-c]*./x}', 'xgz'],
    ['${A/.tar}', 'archive.gz'],
    ['${A//[!a-z]/}', 'archivetargz'],
    ['${P/*\\//}', 'node'],
    ['${A/tar/&}', undefined],
    ['${A:3:-3}', 'hive.tar'],
    ['${A:0:7}', 'archive'],
    ['${A:8}', 'tar.gz'],
    ['${A: -2}', 'gz'],
    ['${L^^}', 'NODE'],
    ['${L,,}', 'node'],
    ['${L,}', 'node'],
    ['${L@Q}', undefined],
    ['${!L}', undefined],
    ['$(id)', undefined],
    ['$((1+2))', undefined],
    ['*.js', undefined],
    ['{a,b}', undefined],
    ['~/x', '~/x'],
    ['$PWD', undefined],
    ['$constructor', undefined],
  ])('%s', (text, expected) => {
    expect(expandShellWord(wordOf(text), lookup)).toBe(expected);
  });

  it.each<[string, readonly string[] | undefined]>([
    ['plain', ['plain']],
    ['""', ['']],
    ['$U', []],
    ['"$U"', ['']],
    ['$S', ['a', 'b']],
    ['"$S"', ['a b']],
    ['x$S/y', ['xa', 'b/y']],
    ['/tmp/{a,b}', ['/tmp/a', '/tmp/b']],
    ['{a,b}{1,2}', ['a1', 'a2', 'b1', 'b2']],
    ['{a,{b,c}d}', ['a', 'bd', 'cd']],
    ['{1..3}', ['1', '2', '3']],
    ['{3..1}', ['3', '2', '1']],
    ['{08..10}', ['08', '09', '10']],
    ['{a..e..2}', ['a', 'c', 'e']],
    ['$L{.js,.ts}', ['Node.js', 'Node.ts']],
    ['{a}', ['{a}']],
    ['x{,y}', ['x', 'xy']],
    ['{-2..2..2}', ['-2', '0', '2']],
    ['{1..a}', ['{1..a}']],
    ['{1..100000}', undefined],
    ['{a,$UNKNOWN}', undefined],
    ['*.js', undefined],
    ['$G', undefined],
    ['$UNKNOWN', undefined],
  ])('%s as words', (text, expected) => {
    expect(expandShellWords(wordOf(text), lookup)).toEqual(expected);
  });

  it('keeps globs and braces when asked', () => {
    expect(expandShellWords(wordOf('dist/*.js'), lookup, { globs: 'keep' })).toEqual(['dist/*.js']);
    expect(expandShellWords(wordOf('{a,b}/*'), lookup, { globs: 'keep' })).toEqual(['a/*', 'b/*']);
    expect(expandShellWords(wordOf('{a,b}'), lookup, { braces: 'keep' })).toEqual(['{a,b}']);
  });
});

describe('workingDirectories', () => {
  const directories = (text: string, initial: string | undefined = '/app') =>
    workingDirectories(simpleCommands(parse(text)), initial, lookupIn({ DIR: '/dir', REL: 'rel' }), '/home/node');

  it.each<[string, readonly (string | undefined)[]]>([
    ['cd /a && cd - && ls', ['/app', '/a', '/app']],
    ['cd && ls', ['/app', '/home/node']],
    ['cd ~/x; ls', ['/app', '/home/node/x']],
    ['cd "~"; ls', ['/app', '/app/~']],
    ['cd $DIR; cd $REL; ls', ['/app', '/dir', '/dir/rel']],
    ['cd $UNKNOWN; ls; cd /b; ls', ['/app', undefined, undefined, '/b']],
    ['cd $UNKNOWN; cd ..; ls', ['/app', undefined, undefined]],
    ['pushd /a; pushd b; popd; ls', ['/app', '/a', '/a/b', '/a']],
    ['(cd /a; ls); ls', ['/app', '/a', '/app']],
    ['cd /a | ls; ls', ['/app', '/app', '/app']],
    ['cd /a & ls', ['/app', '/app']],
    ['echo $(cd /a; ls); ls', ['/app', '/a', '/app', '/app']],
    ['{ cd /a; }; ls', ['/app', '/a']],
    ['cd /a || exit 1; ls', ['/app', '/app', '/a']],
    ['cd /a || cd /b; ls', ['/app', '/app', undefined]],
    ['[ -d /a ] && cd /a; ls', ['/app', '/app', undefined]],
    ['[ -d /a ] && cd /a && ls; ls', ['/app', '/app', '/a', undefined]],
    ['if x; then cd /a; ls; else ls; fi; ls', ['/app', '/app', '/a', '/app', undefined]],
    ['if x; then cd /a; else cd /a; fi; ls', ['/app', '/app', '/app', undefined]],
    ['if true; then cd /a; fi; ls', ['/app', '/app', '/a']],
    ['sh -c "cd /a; ls"; ls', ['/app', '/a', '/app']],
    ['eval "cd /a"; ls', ['/app', '/a']],
    ['go() { cd /a; }; go; ls', ['/app', '/app', '/a']],
    ['D=/x; cd $D; ls', ['/app', '/app', '/x']],
    ['D=/x cd $D; ls', ['/app', undefined]],
    ['for d in a b; do (cd $d && ls); done; ls', ['/app', '/app', '/app/a', '/app', '/app', '/app/b', '/app']],
    ['for d in $MANY; do (cd $d && ls); done; ls', ['/app', undefined, '/app']],
    ['sudo cd /a; ls', ['/app', '/app']],
    ['cd -- /a; ls', ['/app', '/a']],
    ['cd /a/./b/../c//d; ls', ['/app', '/a/c/d']],
  ])('%s', (text, expected) => {
    expect(directories(text)).toEqual(expected);
  });

  it('knows absolute directories where the first one is not known', () => {
    expect(workingDirectories(parse('ls; cd x; cd /a; ls'), undefined, () => null, undefined)).toEqual([
      ...[undefined, undefined, undefined, '/a'],
    ]);
  });
});

describe('commandStates', () => {
  const seen = (text: string, values: Record<string, string | null> = { A: 'outer' }) => {
    const values_: (string | null | undefined)[] = [];
    for (const { command, lookup } of commandStates(simpleCommands(parse(text)), '/', lookupIn(values), '/root'))
      if (commandName(command) === 'echo') values_.push(lookup('A'));
    return values_;
  };

  it.each<[string, readonly (string | null | undefined)[]]>([
    ['echo; A=1; echo', ['outer', '1']],
    ['A=1 echo; echo', ['outer', 'outer']],
    ['export A=1; echo', ['1']],
    ['A=1; A=${A}2; echo', ['12']],
    ['A+=x; echo', ['outerx']],
    ['(A=1; echo); echo', ['1', 'outer']],
    ['[ -f x ] && A=1; echo', [undefined]],
    ['if [ -f x ]; then A=1; echo; else echo; fi; echo', ['1', 'outer', undefined]],
    ['A=$(id); echo', [undefined]],
    ['unset A; echo', [null]],
    ['read -r A; echo', [undefined]],
    ['for A in 1 2; do echo; done; echo', ['1', '2', '2']],
    ['for A in 1 2; do true | true; echo; done; A=3; echo', ['1', '2', '3']],
    ['for A in {1..2} x; do for B in 1; do A=$A$B; echo; done; done', ['11', '21', 'x1']],
    ['for A in 1 2; do if [ $A = 1 ]; then A=3; fi; echo; done', [undefined, undefined]],
    ['for A in 1 2; do echo; break; done; echo', [undefined, undefined]],
    ['for A in $B 2; do echo; done; echo', [undefined, undefined]],
    ['for A in *; do echo; done; echo', [undefined, undefined]],
    ['f() { for A in 1 2; do echo; done; }; f; echo', ['1', '2', '2']],
    ['for A in; do echo; done; echo', ['outer']],
    ['. ./env; echo; A=1; echo', [undefined, '1']],
    [': ${A:=x}; echo', ['outer']],
    ['unset A; : ${A:=x}; echo', ['x']],
  ])('%s', (text, expected) => {
    expect(seen(text)).toEqual(expected);
  });
});

describe('interpreterOf', () => {
  it.each<[readonly string[] | undefined, string]>([
    [undefined, 'posix'],
    [['/bin/bash', '-o', 'pipefail', '-c'], 'posix'],
    [['/busybox/sh', '-c'], 'posix'],
    [['/usr/bin/env', 'bash', '-c'], 'posix'],
    [['conda', 'run', '-n', 'web', '/bin/bash', '-c'], 'posix'],
    [['conda', 'run', '-n', 'node', '/bin/bash', '-c'], 'posix'],
    [['node', '-e'], 'other'],
    [['powershell', '-Command', '$x;'], 'powershell'],
    [['C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe', '-Command'], 'powershell'],
    [['pwsh', '-c'], 'powershell'],
    [['CMD.EXE', '/S', '/C'], 'cmd'],
    [['python3.12', '-c'], 'other'],
    [['fish', '-c'], 'other'],
    [['/opt/tool', '-x'], 'unknown'],
    [['__proto__'], 'unknown'],
  ])('%j', (shell, expected) => {
    expect(interpreterOf({ shell })).toBe(expected);
  });

  it('knows the default of Windows, and that a shebang wins over SHELL', () => {
    expect(interpreterOf({ shell: undefined, windows: true })).toBe('cmd');
    expect(interpreterOf({ shell: ['bash', '-c'], shebang: ['/usr/bin/env', 'node'] })).toBe('other');
    expect(interpreterOf({ shell: ['pwsh', '-c'], shebang: ['/usr/bin/env', '-S', 'bash', '-e'] })).toBe('posix');
  });

  it('reads no commands for what is not POSIX', () => {
    expect(parseShell(textOf('dir C:\\ && npm ci'), 'cmd').commands).toEqual([]);
    expect(parseShell(textOf('npm ci'), 'unknown').commands).toEqual([]);
  });

  it('reads the options of a shell', () => {
    expect(shellOptions(['-eo', 'pipefail', '-c'])).toMatchObject({ errexit: true, pipefail: true, command: true });
    expect(shellOptions(['-x', '+e', 'script.sh'])).toMatchObject({ errexit: false, command: false, operands: 2 });
  });
});
