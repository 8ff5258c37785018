/** Base images that are made to build with, by their pages on Docker Hub and the Microsoft Artifact Registry. */
import { withoutMirror } from './base-images.ts';

/** By familiar name: what it builds, and the tags that can only run it. */
const kits: ReadonlyMap<string, readonly [string, RegExp?]> = new Map<string, readonly [string, RegExp?]>([
  ['golang', ['Go']],
  ['rust', ['Rust']],
  ['lukemathwalker/cargo-chef', ['Rust']],
  ['clux/muslrust', ['Rust']],
  ['gcc', ['C']],
  ['swift', ['Swift', /slim/]],
  ['haskell', ['Haskell']],
  ['fpco/stack-build', ['Haskell']],
  ['crystallang/crystal', ['Crystal']],
  ['dart', ['Dart']],
  ['elixir', ['Elixir']],
  ['hexpm/elixir', ['Elixir']],
  ['denoland/deno', ['Deno', /^bin|distroless/]],
  ['mcr.microsoft.com/dotnet/sdk', ['.NET']],
  ['mcr.microsoft.com/dotnet/core/sdk', ['.NET']],
  ['mcr.microsoft.com/dotnet/nightly/sdk', ['.NET']],
  ['microsoft/dotnet', ['.NET', /^(?!.*sdk)/]],
  ['maven', ['JVM']],
  ['gradle', ['JVM']],
  ['sbtscala/scala-sbt', ['JVM']],
  ['hseeberger/scala-sbt', ['JVM']],
  ['clojure', ['JVM']],
  ['eclipse-temurin', ['JVM', /jre/]],
  ['openjdk', ['JVM', /jre/]],
  ['amazoncorretto', ['JVM', /jre|headless/]],
  ['sapmachine', ['JVM', /jre/]],
  ['adoptopenjdk', ['JVM', /jre/]],
  ['ibm-semeru-runtimes', ['JVM', /jre/]],
  ['mcr.microsoft.com/openjdk/jdk', ['JVM']],
  ['nvidia/cuda', ['CUDA', /^(?!.*devel)/]],
  ['pytorch/pytorch', ['CUDA', /^(?!.*devel)/]],
]);

/** Names of which a part is free, as above. */
const families: readonly (readonly [RegExp, readonly [string, RegExp?]])[] = [
  [/^adoptopenjdk\/openjdk\d+/, ['JVM', /jre/]],
  [/^azul\/zulu-openjdk(?:-\w+)?$/, ['JVM', /jre/]],
  [/^bellsoft\/liberica-openjdk-\w+$/, ['JVM']],
  [/^bellsoft\/liberica-runtime-container$/, ['JVM', /jre/]],
  // Those that only run programs are called openjdk-21-runtime.
  [/^(?:registry\.(?:access\.)?redhat\.(?:com|io)|redhat)\/ubi\d+\/openjdk-\d+$/, ['JVM']],
  [/^(?:cgr\.dev\/[^/]+|chainguard)\/jdk$/, ['JVM']],
  [/^(?:ghcr\.io|container-registry\.oracle\.com)\/graalvm\/jdk(?:-community)?$/, ['JVM']],
  [/^(?:ghcr\.io|container-registry\.oracle\.com)\/graalvm\/(?:native-image|graalvm)/, ['JVM']],
  [/^quay\.io\/quarkus\/ubi\d*-?quarkus-(?:mandrel|graalvmce|native)/, ['JVM']],
];

/** The ecosystem for which a base image has all that a build needs; undefined for other images. */
export function sdkImage(name: string, tag: string | undefined): string | undefined {
  const [ecosystem, runs] = kitOf(withoutMirror(name)) ?? [];
  return runs?.test(tag ?? '') === true ? undefined : ecosystem;
}

const kitOf = (name: string): readonly [string, RegExp?] | undefined =>
  kits.get(name) ?? families.find(([pattern]) => pattern.test(name))?.[1];

/** Images of a JDK, which serve to run programs as well. */
const jdk =
  /^(?:eclipse-temurin|openjdk|amazoncorretto|sapmachine|adoptopenjdk(?:\/.*)?|ibm-semeru-runtimes|azul\/.*|bellsoft\/.*|.*\/(?:jdk(?:-community)?|openjdk-\d+))$/;

export const isJdkImage = (name: string): boolean => jdk.test(withoutMirror(name));

/** Programs that come with the tools of an ecosystem, and build or run from source. */
const toolsOf: Readonly<Record<string, string>> = {
  Go: 'go gofmt air dlv reflex',
  Rust: 'cargo rustc rustup bacon',
  C: 'gcc g++ cc c++ make cmake ninja ld gdb',
  Swift: 'swift swiftc',
  Haskell: 'ghc stack cabal runghc runhaskell ghci',
  Crystal: 'crystal shards',
  Dart: 'dart pub flutter',
  Elixir: 'mix elixir elixirc iex erl erlc escript rebar3',
  Deno: 'deno',
  '.NET': 'dotnet msbuild',
  JVM: 'mvn mvnw gradle gradlew sbt clojure clj lein scala javac jshell kotlinc jdb jcmd jmap',
  CUDA: 'nvcc make cmake ninja gcc g++',
};

/** Whether a command line needs the tools; `dotnet shop.dll` does not. */
export function needsTools(ecosystem: string, name: string, first: string | undefined): boolean {
  if (ecosystem === '.NET' && name === 'dotnet') return first?.endsWith('.dll') !== true;
  // A release has Erlang of its own and knows these words; other programs may be scripts for `escript`.
  if (ecosystem === 'Elixir' && name !== 'server' && !/^(?:start|start_iex|foreground|console)$/.test(first ?? ''))
    return true;
  if (ecosystem === 'Deno' && denoVerbs.has(name)) return true;
  return (toolsOf[ecosystem] ?? '').split(' ').includes(name);
}

/** The entrypoint of the image puts `deno` in front of its subcommands: github.com/denoland/deno_docker. */
const denoVerbs: ReadonlySet<string> = new Set(
  'run serve task eval test bench compile cache install repl x'.split(' '),
);
