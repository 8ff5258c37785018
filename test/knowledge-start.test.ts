/** What start commands name: ports, scripts; what lockfiles hold. */
import { expect, test } from 'vitest';
import { isNative, mayBringNode, nativePackagesOf, portNamedIn, scriptOperandOf } from '../src/knowledge/index.ts';

const ports: readonly (readonly [string, number | 'hidden' | 'none'])[] = [
  ['next start -p 3000', 3000],
  ['npx next start --port=4000', 4000],
  ['node_modules/.bin/next start -p4000', 4000],
  ['node server.js', 'none'],
  ['node server.js --port 8081', 8081],
  ['uvicorn app:api --host 0.0.0.0 --port 8000', 8000],
  ['python -m uvicorn app:api --port 8000', 8000],
  ['gunicorn -b 0.0.0.0:5000 app:api', 5000],
  ['gunicorn --bind unix:/run/shop.sock app:api', 'hidden'],
  ['gunicorn -b :8000 -b :9000 app:api', 'hidden'],
  ['python manage.py runserver 0.0.0.0:8080', 8080],
  ['python manage.py runserver', 8000],
  ['bin/rails server -p 3001', 3001],
  ['php -S 0.0.0.0:8080 -t public', 8080],
  ['serve -s dist -l 5000', 5000],
  ['serve -l tcp://0.0.0.0:5000 dist', 5000],
  ['streamlit run app.py --server.port=8501', 8501],
  ['./shop -p 5432', 'none'],
  ['./shop --http-port 9000', 'hidden'],
  ['./shop --app-port=9000', 'hidden'],
  ['./shop --export all', 'none'],
  ['./shop --listen :9000', 'hidden'],
  ['./shop --port 9000', 'hidden'],
];

test.each(ports)('%s', (command, expected) => {
  const found = portNamedIn(command.split(' '));
  expect(found.kind === 'named' ? found.port : found.kind).toBe(expected);
});

test('a word that is not known may name a port', () => {
  expect(portNamedIn(['node', 'server.js', undefined]).kind).toBe('hidden');
  expect(portNamedIn([undefined]).kind).toBe('hidden');
});

const scripts: readonly (readonly [string, string | undefined])[] = [
  ['node server.js', 'server.js'],
  ['node --enable-source-maps -r ./trace.js dist/main', 'dist/main'],
  ['/usr/local/bin/node --max-old-space-size=512 server.js --port 3000', 'server.js'],
  ['node --env-file .env server.js', 'server.js'],
  ['node -e 1', undefined],
  ['node --test', undefined],
  ['node', undefined],
  ['python -u main.py', 'main.py'],
  ['python3 -m shop', undefined],
  ['sh -e start.sh', 'start.sh'],
  ['sh -c start.sh', undefined],
  ['./start.sh now', './start.sh'],
  ['./shop', undefined],
  ['shop.sh', undefined],
];

test.each(scripts)('the script of %s', (command, expected) => {
  expect(scriptOperandOf(command.split(' '))?.script).toBe(expected);
});

const commands: readonly (readonly [string, boolean])[] = [
  ['apk add --no-cache curl tini', false],
  ['apk add --no-cache nodejs', true],
  ['apt-get install -y ./node.deb', true],
  ['pip install -r requirements.txt', true],
  ['pip install flask', false],
  ['mkdir -p /srv/shop', false],
  ['find . -name node -exec cp {} /usr/bin ;', true],
  ['./setup', true],
];

test.each(commands)('%s may bring Node.js', (command, expected) => {
  expect(mayBringNode(command.split(' '))).toBe(expected);
});

test('packages with binaries for both C libraries are not native', () => {
  expect(['5.1.1', '^5', '6.0.0'].map((version) => isNative('bcrypt', version))).toEqual([true, true, false]);
  expect(['0.31.2', '0.40.1', '0.44.0'].map((version) => isNative('argon2', version))).toEqual([true, false, false]);
  expect(['express', 'leveldown', 'usb', 'esbuild'].filter((name) => isNative(name, '1.0.0'))).toEqual([]);
});

test('lockfiles of each manager are read', () => {
  const npm = '{ "packages": {\n"": {},\n"node_modules/a/node_modules/sharp": {\n"version": "0.34.1" } } }';
  expect(nativePackagesOf('package-lock.json', npm)).toEqual(['sharp']);
  expect(nativePackagesOf('yarn.lock', '"@prisma/client@^6.0.0":\n  version "6.1.0"\n')).toEqual(['@prisma/client']);
  expect(nativePackagesOf('yarn.lock', '"canvas@npm:^2.0.0":\n  version: 2.11.2\n')).toEqual(['canvas']);
  expect(nativePackagesOf('pnpm-lock.yaml', "packages:\n\n  '@swc/core@1.10.0':\n    resolution: {}\n")).toEqual([
    '@swc/core',
  ]);
  expect(nativePackagesOf('pnpm-lock.yaml', 'packages:\n\n  /sharp/0.30.0:\n    resolution: {}\n')).toEqual(['sharp']);
  expect(nativePackagesOf('package-lock.json', 'unreadable')).toBeUndefined();
  expect(nativePackagesOf('bun.lockb', '')).toBeUndefined();
});
