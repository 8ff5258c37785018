/** What shells and the commands of files do to the file system of the model, case by case. */
import { describe, expect, test } from 'vitest';
import { createContext, memoryTree } from '../src/context/index.ts';
import { createBuild } from '../src/model/index.ts';
import { parseDockerfile } from '../src/syntax/index.ts';

const files = { '/package.json': '{}', '/src/index.js': 'run()', '/src/lib/tax.js': '' };
const context = createContext(memoryTree(new Map(Object.entries(files))), '/', '/Dockerfile');

/** The file system after a script in /app, into which the context was copied. */
const rootfsAfter = (script: string) =>
  createBuild(parseDockerfile(`FROM node:22\nWORKDIR /app\nCOPY . .\nRUN ${script}\n`), { context }).stages[0]?.result
    .rootfs;

const presenceAfter = (script: string, path: string) => rootfsAfter(script)?.stat(path).presence;
const changeAfter = (script: string, path: string) => rootfsAfter(script)?.stat(path).change;

const presences: Readonly<Record<string, string>> = { holds: 'present', fails: 'absent', 'is not known': 'unknown' };

describe('a test of a file', () => {
  test.each([
    ['echo x > a; [ -s a ]', 'holds'],
    ['printf "" > a; [ -s a ]', 'fails'],
    ['echo -n "" > a; [ -s a ]', 'fails'],
    ['echo -n > a; [ -s a ]', 'fails'],
    ['echo > a; [ -s a ]', 'holds'],
    [': > a; [ -s a ]', 'fails'],
    ['> a; [ -s a ]', 'fails'],
    ['touch a; [ -s a ]', 'fails'],
    ['cat /dev/null > a; [ -s a ]', 'is not known'],
    ['printf x > a; printf "" >> a; [ -s a ]', 'holds'],
    ['touch a; echo x >> a; [ -s a ]', 'holds'],
    ['echo x > a; touch a; [ -s a ]', 'holds'],
    ['mkdir a; [ -s a ]', 'holds'],
    ['[ -s src/index.js ]', 'is not known'],
    ['[ -s nothing ]', 'fails'],
    ['mkdir a; [ -x a ]', 'holds'],
    ['echo x > a; [ -x a ]', 'is not known'],
    ['echo x > a; [ -e a ]', 'holds'],
    ['[ -e nothing ]', 'fails'],
    ['echo x > a; [ -d a ]', 'fails'],
    ['[ -d src ]', 'holds'],
    ['[ -f src ]', 'fails'],
    ['[ -f src/index.js ]', 'holds'],
    ['ln -s src a; [ -L a ]', 'holds'],
    ['[ -L src ]', 'fails'],
    ['ln -s src a; [ -d a ]', 'holds'],
    ['ln -s nothing a; [ -e a ]', 'fails'],
  ])('%s %s', (script, holds) => {
    expect(presenceAfter(`if ${script}; then touch /holds; fi`, '/holds')).toBe(presences[holds]);
  });
});

describe('what an arm of a condition makes and takes away again', () => {
  const unknown = 'grep -q one /etc/names';
  test.each([
    [`if ${unknown}; then touch /a; rm /a; fi`, 'absent'],
    [`if ${unknown}; then mkdir /new && touch /new/a && rm -rf /new; fi`, 'absent'],
    [`if ${unknown}; then touch /a; else touch /b; rm /b; fi; touch /b; rm /b`, 'unknown'],
    [`if ${unknown}; then touch /a; fi; if grep -q two /etc/names; then rm -f /a; fi`, 'unknown'],
    [`touch /a; if ${unknown}; then rm /a; fi`, 'unknown'],
    [`if ${unknown}; then touch /a; if grep -q two /etc/names; then rm /a; fi; fi`, 'unknown'],
    [`if ${unknown}; then touch /a; if grep -q two /etc/names; then touch /a; fi; rm /a; fi`, 'absent'],
  ])('%s: /a is %s', (script, presence) => {
    expect(presenceAfter(`${script}; test ! -e /new/a`, '/a')).toBe(presence);
  });
});

describe('a pattern', () => {
  test.each([
    ['cart.js', '*.js', 'holds'],
    ['cart.js', '*.css', 'fails'],
    ['cart.js', 'c?rt.js', 'holds'],
    ['cart.js', '*a*t*', 'holds'],
    ['cart.js', '*a*x*', 'fails'],
    ['cart.js', '[a-d]art.js', 'holds'],
    ['cart.js', '[!a-d]art.js', 'fails'],
    ['cart.js', '[^x]art.js', 'holds'],
    ['cart.js', '[xc]*', 'holds'],
    ['-', '[x-]', 'holds'],
    ['22', '[[:digit:]]*', 'holds'],
    ['v22', '[[:digit:]]*', 'fails'],
    ['A', '[[:lower:][:digit:]]', 'fails'],
    ['f', '[[:xdigit:]]', 'holds'],
    ['_', '[[:alnum:]_]', 'holds'],
    ['x', '[[:nonsense:]]', 'is not known'],
    ['x', '[[.x.]]', 'is not known'],
    ['a*', "'a*'", 'holds'],
    ['ab', "'a*'", 'fails'],
    ['cart.js', '*.css|*.js', 'holds'],
  ])('%s in %s %s', (text, pattern, holds) =>
    expect(presenceAfter(`case '${text}' in ${pattern}) touch /holds;; esac`, '/holds')).toBe(presences[holds]),
  );
});

describe('a command', () => {
  test.each([
    ['cp src lib', 'fails'],
    ['cp -r src lib', 'succeeds'],
    ['cp nothing lib', 'fails'],
    ['cp package.json package.json', 'fails'],
    ['cp -r src src/lib/again', 'fails'],
    ['mv src src/lib', 'fails'],
    ['install src lib', 'fails'],
    ['ln src lib', 'fails'],
    ['ln package.json src/index.js', 'fails'],
    ['ln -f package.json src/index.js', 'succeeds'],
    ['ln -s nothing a && cp a b', 'fails'],
    ['ln -s nothing a && cp -a a b', 'succeeds'],
    ['ln -s nothing a && mv a b', 'succeeds'],
    ['ln -s nothing a && install a b', 'fails'],
    ['ln -s src a && cp a b', 'fails'],
    ['cp package.json nowhere/at/all', 'fails'],
    ['cp package.json nowhere/', 'fails'],
    ['install package.json nowhere/', 'fails'],
    ['mkdir a && mkdir a/index.js && cp src/index.js a', 'fails'],
    ['mkdir a && touch a/src && cp -r src a', 'fails'],
    ['mkdir -p a/src && mv src a', 'succeeds'],
    ['mkdir -p a/src/lib && mv src a', 'fails'],
    ['touch a && mv src a', 'fails'],
    ['touch a && ln -s a b && cp a b', 'fails'],
    ['touch a && ln -s a b && mv a b', 'succeeds'],
    ['ln -s nothing a && cp package.json a', 'fails'],
    ['ln -s nothing a && mv package.json a', 'succeeds'],
  ])('%s %s', (script, ends) =>
    expect(presenceAfter(`if ${script}; then touch /done; fi`, '/done')).toBe(
      ends === 'succeeds' ? 'present' : 'absent',
    ),
  );
});

describe('files go', () => {
  test.each([
    ['rsync -a src/ /out', '/out/index.js'],
    ['rsync -a src/. /out', '/out/index.js'],
    ['rsync -a . /out', '/out/package.json'],
    ['rsync -a src /out', '/out/src/index.js'],
    ['rsync -a src/lib /out', '/out/lib/tax.js'],
    ['rsync package.json /out', '/out'],
    ['rsync package.json /out/', '/out/package.json'],
    ['mkdir /out && rsync package.json /out', '/out/package.json'],
    ['rsync package.json src/index.js /out', '/out/index.js'],
    ['cp -r src /out', '/out/index.js'],
    ['mkdir /out && cp -r src /out', '/out/src/index.js'],
    ['mkdir /out && cp -r src/. /out', '/out/index.js'],
    ['mkdir /out && cp -rT src /out', '/out/index.js'],
    ['mkdir /out && cp package.json src/index.js /out', '/out/index.js'],
    ['install -D package.json /out/a/b.json', '/out/a/b.json'],
    ['touch ~/.profile', '/root/.profile'],
    ['mkdir ~/a && cp -r src ~', '/root/src/index.js'],
    ['touch a~/b || touch a~', '/app/a~'],
    ['touch b~', '/app/b~'],
  ])('%s: to %s', (script, path) => expect(presenceAfter(script, path)).toBe('present'));

  test.each([
    ['rsync -a src/ /out', '/out/src/index.js'],
    ['rsync -a src /out', '/out/index.js'],
    ['rsync package.json /out', '/out/package.json'],
    ['cp -r src /out', '/out/src/index.js'],
    ['touch b~', '/app/root'],
    ['mv src /out', '/app/src/index.js'],
  ])('%s: not to %s', (script, path) => expect(presenceAfter(script, path)).toBe('absent'));
});

describe('a command prints', () => {
  test.each([
    ['echo x', 'x\n'],
    ['echo', '\n'],
    ['echo -n x y', 'x y'],
    ['echo -e "x\\ny"', 'x\ny\n'],
    ['echo -ne x', 'x'],
    ['echo - n', '- n\n'],
    ['printf x', 'x'],
    ['printf "x\\n"', 'x\n'],
    ['printf "%s\\n" x y', 'x\ny\n'],
    ['printf "%s=%s;" a 1 b', 'a=1;b=;'],
    ["printf '%s' 'x\\ny'", 'x\\ny'],
    ["printf '%b' 'x\\ny'", 'x\ny'],
    ['printf "100%% of %s" it', '100% of it'],
    ['printf -- -x', '-x'],
    ['printf "%s" ""', ''],
    ['cat <<< x', 'x'],
    ['true', ''],
  ])('%s', (script, text) => {
    const change = changeAfter(`${script} > /out`, '/out');
    expect(change?.content).toEqual({ kind: 'text', text });
  });
});
