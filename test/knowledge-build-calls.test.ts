/** Commands that build, and those that only look like it. */
import { describe, expect, test } from 'vitest';
import { buildCall, readInvocation, sdkImage } from '../src/knowledge/index.ts';

const read = (line: string): string | undefined => {
  const words = line.split(' ').map((word) => (word === '?' ? undefined : word));
  return buildCall(words, readInvocation(words))?.ecosystem;
};

describe('builds', () => {
  test.each([
    [
      'Node.js',
      [
        'npm run build',
        'yarn build',
        'pnpm --filter shop build',
        'npm run build:prod',
        'npx tsc',
        'npx next build',
        'tsc -p tsconfig.build.json',
        'vite build',
        'npx turbo run build --filter=shop',
        'yarn nx run shop:build',
        'npx ng build --configuration production',
        'webpack --mode production',
      ],
    ],
    ['Go', ['go build -o /app .', 'go install ./...', '/usr/local/go/bin/go build']],
    ['Rust', ['cargo build --release', 'cargo install --path .']],
    [
      'JVM',
      [
        'mvn -B clean package -DskipTests',
        './mvnw package',
        'gradle clean build --no-daemon',
        './gradlew :shop:bootJar',
      ],
    ],
    ['.NET', ['dotnet publish -c Release -o out']],
    ['C', ['make', 'gcc -o prices main.c', 'cmake --build .']],
  ])('%s', (ecosystem, lines) => expect(lines.map(read)).toEqual(lines.map(() => ecosystem)));

  test.each([
    'npm run test',
    'npm run rebuild-icons',
    'npm install',
    'npx tsc --noEmit',
    'tsc --version',
    'vite --host',
    'next start',
    'go mod download',
    'go install github.com/go-delve/delve/cmd/dlv@latest',
    'go version',
    'cargo install cargo-watch',
    'cargo fetch',
    'mvn dependency:go-offline',
    'gradle dependencies',
    'dotnet restore',
    'node build',
    'docker build .',
    '? build',
  ])('%s builds nothing', (line) => expect(read(line)).toBeUndefined());
});

describe('images with the tools of a build', () => {
  test.each([
    ['golang', '1.25-alpine', 'Go'],
    ['mcr.microsoft.com/dotnet/sdk', '9.0', '.NET'],
    ['eclipse-temurin', '21-jdk', 'JVM'],
    ['eclipse-temurin', '21-jre', undefined],
    ['mcr.microsoft.com/dotnet/aspnet', '9.0', undefined],
    ['node', '22', undefined],
  ])('%s:%s', (name, tag, ecosystem) => expect(sdkImage(name, tag)).toBe(ecosystem));
});
