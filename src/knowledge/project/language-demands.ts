/**
 * Which version of its language a project asks for, and which one an image has.
 *
 * Sources: go.dev/doc/toolchain (and hub.docker.com/_/golang: GOTOOLCHAIN=local), doc.rust-lang.org/cargo/reference/rust-version.html
 * and /edition-guide, blog.rust-lang.org (Cargo.lock version 4 from 1.78 on), bundler.io/guides/gemfile_ruby.html,
 * learn.microsoft.com/dotnet/core/tools/global-json and /versions/selection, maven.apache.org/plugins/maven-compiler-plugin,
 * docs.gradle.org/current/userguide/toolchains.html.
 */
import { withoutMirror } from '../images/base-images.ts';

export type Language = 'Go' | 'Rust' | 'Ruby' | '.NET' | 'Java';

export interface LanguageVersion {
  readonly language: Language;
  /** As far as the tag tells: `1.22`, `1.22.3`, `21`. */
  readonly version: string;
}

/** Names of images, what stands before the version in their tags, and what they bring. */
const images: readonly (readonly [RegExp, RegExp, Language])[] = [
  [/^golang$/, /^/, 'Go'],
  [/^rust$/, /^/, 'Rust'],
  [/^ruby$/, /^/, 'Ruby'],
  [/^mcr\.microsoft\.com\/dotnet\/(?:sdk|aspnet|runtime)$/, /^/, '.NET'],
  [
    /^(?:eclipse-temurin|openjdk|amazoncorretto|sapmachine|ibm-semeru-runtimes|azul\/zulu-openjdk(?:-(?:alpine|debian))?)$/,
    /^/,
    'Java',
  ],
  [/^mcr\.microsoft\.com\/openjdk\/jdk$/, /^/, 'Java'],
  [/^maven$/, /-(?:eclipse-temurin|openjdk|amazoncorretto|sapmachine|jdk|ibmjava)-/, 'Java'],
  [/^gradle$/, /(?:^|-)jdk-?/, 'Java'],
];

/** Undefined for images of no such language, and for tags that name no version of it. */
export function imageLanguage(familiar: string, tag = ''): LanguageVersion | undefined {
  const name = withoutMirror(familiar);
  const [, ofDistroless] = /(?:^|\/)distroless\/java(\d+)(?:-debian\d+)?$/.exec(name) ?? [];
  if (ofDistroless !== undefined) return { language: 'Java', version: ofDistroless };
  const found = images.find(([pattern]) => pattern.test(name));
  const before = found?.[1].exec(tag);
  if (found === undefined || before === null || before === undefined) return undefined;
  const [version] =
    /^\d+(?:\.\d+){0,2}(?![\d.]|-?(?:rc|beta|alpha(?!ine)|preview|ea))/.exec(
      tag.slice(before.index + before[0].length),
    ) ?? [];
  const [, language] = [found[0], found[2]];
  if (version === undefined || (language !== 'Java' && !version.includes('.'))) return undefined;
  return { language, version: language === 'Java' ? version.replace(/\..*/, '') : version };
}

export interface ProjectCall {
  readonly language: Language;
  /** What the call reads in its folder, each where it is there. */
  readonly files: readonly string[];
  /** Below the folder, where the call names it: `src/shop/shop.csproj`, `src/shop`. */
  readonly project?: string;
}

const verbs: ReadonlyMap<string, RegExp> = new Map([
  ['go', /^(?:build|install|run|test|vet|generate|list|mod|get)$/],
  ['cargo', /^(?:build|b|check|c|test|t|run|r|rustc|fetch|clippy|install)$/],
  ['bundle', /^(?:install|check|exec)$/],
  ['dotnet', /^(?:restore|build|publish|test|pack|run)$/],
]);

/** A call of the tool of a language that reads the manifest of the project where it works; undefined where it may read another. */
export function projectCall(words: readonly (string | undefined)[]): ProjectCall | undefined {
  const [path = '', verb = '', ...rest] = words.map((word) => word ?? '\uFFFC');
  const program = path.slice(path.lastIndexOf('/') + 1);
  if (/^(?:mvn|mvnw)$/.test(program))
    return [verb, ...rest].some((word) => /^(?:-f|--file)/.test(word))
      ? undefined
      : { language: 'Java', files: ['pom.xml'] };
  if (/^(?:gradle|gradlew)$/.test(program))
    return [verb, ...rest].some((word) => /^(?:-p|--project-dir|-b|--build-file)/.test(word))
      ? undefined
      : { language: 'Java', files: ['build.gradle', 'build.gradle.kts'] };
  if (verbs.get(program)?.test(verb) !== true && !(program === 'bundle' && words.length === 1)) return undefined;
  if (program === 'go') return goCall(rest);
  if (program === 'cargo') return cargoCall(verb, rest);
  if (program === 'bundle')
    return rest.some((word) => word.startsWith('--gemfile')) ? undefined : { language: 'Ruby', files: ['Gemfile'] };
  return dotnetCall(rest);
}

/** `go install name@version` reads no go.mod. */
const goCall = (rest: readonly string[]): ProjectCall | undefined =>
  rest.some((word) => /^-C|@|^-modfile/.test(word)) ? undefined : { language: 'Go', files: ['go.mod'] };

/** `cargo install` of a name reads no project, and a lockfile with --locked alone. */
function cargoCall(verb: string, rest: readonly string[]): ProjectCall | undefined {
  if (rest.some((word) => /^(?:--manifest-path|-Z|-C|--ignore-rust-version)/.test(word))) return undefined;
  if (verb !== 'install') return { language: 'Rust', files: ['Cargo.toml', 'Cargo.lock'] };
  const at = rest.indexOf('--path');
  if (rest[at + 1] !== '.' || at === -1) return undefined;
  return { language: 'Rust', files: rest.includes('--locked') ? ['Cargo.toml', 'Cargo.lock'] : ['Cargo.toml'] };
}

function dotnetCall(rest: readonly string[]): ProjectCall | undefined {
  const [project] = rest;
  // One of several frameworks may be what the image is meant for.
  if (rest.some((word) => /^(?:-f|--framework|-p:TargetFramework.*|\/p:TargetFramework.*)$/i.test(word)))
    return undefined;
  if (project === undefined || project.startsWith('-')) return { language: '.NET', files: ['global.json'] };
  if (/[\uFFFC*?]|\.slnx?$/.test(project)) return undefined;
  return { language: '.NET', files: ['global.json'], project: project.replaceAll('\\', '/') };
}

export interface LanguageDemand {
  /** As it is told: `Go 1.24.0`, `Rust 1.85 for edition 2024`. */
  readonly asks: string;
  /** What satisfies it, as npm writes ranges. */
  readonly range: string;
}

/** What a file of a project asks for, of an image with `version`; the most where it asks for several things. */
export function languageDemands(file: string, text: string, version: string): readonly LanguageDemand[] {
  if (file === 'go.mod') return goDemands(text, version);
  if (file === 'Cargo.toml') return cargoDemands(text);
  if (file === 'Cargo.lock')
    return linesOf(text).includes('version = 4')
      ? [{ asks: 'Rust 1.78 for this version of Cargo.lock', range: '>=1.78.0' }]
      : [];
  if (file === 'Gemfile') return gemfileDemands(text);
  if (file === 'global.json') return sdkDemands(text);
  if (file === 'pom.xml') return mavenDemands(text);
  if (file.startsWith('build.gradle')) return gradleDemands(text);
  return /\.(?:cs|fs|vb)proj$/.test(file) ? frameworkDemands(text) : [];
}

const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => line.trim());

/** What stands behind the first line that begins with `start`: its value, without quotes. */
function valueOf(start: string, lines: readonly string[]): string | undefined {
  const line = lines.find((each) => each.startsWith(start) && /^[\s=]/.test(each.slice(start.length)));
  return line
    ?.slice(start.length)
    .replace('=', '')
    .split(/\/\/|#/)[0]
    ?.replaceAll('"', '')
    .trim();
}

/** Before 1.21 Go tried what it could, and could not read versions of three parts. */
function goDemands(text: string, version: string): readonly LanguageDemand[] {
  const lines = linesOf(text);
  const asked = valueOf('go', lines);
  if (asked === undefined || !/^1\.\d+(?:\.\d+)?$/.test(asked)) return [];
  const minor = Number(version.split('.')[1]);
  const isNew = asked.split('.').length === 3 || valueOf('toolchain', lines) !== undefined;
  if (minor < 21 && !isNew) return [];
  return [{ asks: `Go ${asked}`, range: minor < 21 ? '>=1.21.0' : `>=${asked}` }];
}

const editions: ReadonlyMap<string, string> = new Map([
  ['2018', '1.31'],
  ['2021', '1.56'],
  ['2024', '1.85'],
]);

function cargoDemands(text: string): readonly LanguageDemand[] {
  const lines = linesOf(text);
  const edition = valueOf('edition', lines) ?? '';
  const asked = valueOf('rust-version', lines);
  const since = editions.get(edition);
  return [
    ...(asked === undefined || !/^1\.\d+(?:\.\d+)?$/.test(asked)
      ? []
      : [{ asks: `Rust ${asked}`, range: `>=${asked}` }]),
    ...(since === undefined ? [] : [{ asks: `Rust ${since} for edition ${edition}`, range: `>=${since}` }]),
  ];
}

/** `ruby "3.4.2"`, `ruby '~> 3.4'`; several requirements, and files that are read, are left out. */
function gemfileDemands(text: string): readonly LanguageDemand[] {
  const line = linesOf(text).find((each) => /^ruby[\s(]/.test(each)) ?? '';
  const [, written = '', ...others] = line.split(/['"]/);
  const words = written.trim().split(/\s+/);
  const asked = words.at(-1) ?? '';
  const operator = words.length === 1 ? '=' : words[0];
  if (others.length !== 1 || words.length > 2 || !/^\d+\.\d+(?:\.\d+)?$/.test(asked)) return [];
  const [major = '', minor = '', patch] = asked.split('.');
  const upTo = patch === undefined ? `<${Number(major) + 1}.0.0` : `<${major}.${Number(minor) + 1}.0`;
  if (operator === '~>') return [{ asks: `Ruby ~> ${asked}`, range: `>=${asked} ${upTo}` }];
  if (operator === '>=') return [{ asks: `Ruby >= ${asked}`, range: `>=${asked}` }];
  return operator !== '=' || patch === undefined ? [] : [{ asks: `Ruby ${asked}`, range: asked }];
}

/** Without rollForward, and with those that name patches and features, the SDK has to be of the same release. */
function sdkDemands(text: string): readonly LanguageDemand[] {
  const sdk = sdkOf(text);
  const [, major, minor] = /^(\d+)\.(\d+)\.\d/.exec(sdk?.version ?? '') ?? [];
  if (major === undefined) return [];
  const roll = sdk?.rollForward ?? '';
  const least = `${major}.${minor}`;
  const upTo = /major/i.test(roll) ? '' : /minor/i.test(roll) ? ` <${Number(major) + 1}.0.0` : undefined;
  return [{ asks: `the SDK of .NET ${least}`, range: upTo === undefined ? `${least}.x` : `>=${least}${upTo}` }];
}

function sdkOf(text: string): { readonly version?: string; readonly rollForward?: string } | undefined {
  try {
    const file: unknown = JSON.parse(text);
    const sdk: unknown = typeof file === 'object' && file !== null && 'sdk' in file ? file.sdk : undefined;
    if (typeof sdk !== 'object' || sdk === null) return undefined;
    const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
    const version = 'version' in sdk ? stringOf(sdk.version) : undefined;
    const rollForward = 'rollForward' in sdk ? stringOf(sdk.rollForward) : undefined;
    return { ...(version === undefined ? {} : { version }), ...(rollForward === undefined ? {} : { rollForward }) };
  } catch {
    return undefined;
  }
}

/** The texts of all elements of a name that stand in an XML file without attributes. */
const elementsOf = (name: string, text: string): readonly string[] =>
  text
    .split(`<${name}>`)
    .slice(1)
    .map((behind) => behind.slice(0, Math.max(behind.indexOf('<'), 0)).trim());

function frameworkDemands(text: string): readonly LanguageDemand[] {
  const named = ['TargetFramework', 'TargetFrameworks'].flatMap((name) => elementsOf(name, text));
  const majors = named.flatMap((list) => list.split(';')).flatMap((each) => frameworkMajor(each.trim()) ?? []);
  return majors.length === 0 ? [] : [{ asks: `.NET ${Math.max(...majors)}.0`, range: `>=${Math.max(...majors)}.0` }];
}

function frameworkMajor(framework: string): number | undefined {
  const [, major] = /^net(\d+)\.0(?:-|$)/.exec(framework) ?? [];
  return major === undefined ? undefined : Number(major);
}

function mavenDemands(whole: string): readonly LanguageDemand[] {
  // Which profile is active the command line tells, or the machine.
  const [text = ''] = whole.split('<profiles>');
  const usesProperty = text.includes('<artifactId>spring-boot-starter-parent<') || text.includes('${java.version}');
  const names = ['release', 'source', 'target'].map((name) => `maven.compiler.${name}`);
  const values = [...names, ...(usesProperty ? ['java.version'] : [])].flatMap((name) => elementsOf(name, text));
  return javaDemand(values);
}

/** `sourceCompatibility = JavaVersion.VERSION_21`, `'21'`, `21`. */
function gradleDemands(text: string): readonly LanguageDemand[] {
  const lines = linesOf(text).filter((line) => /^(?:source|target)Compatibility\b/.test(line));
  return javaDemand(
    lines.map((line) =>
      line.slice('sourceCompatibility'.length).replace('JavaVersion.VERSION_', '').replace(/[="']/g, ' ').trim(),
    ),
  );
}

/** Before 9 the version is written as `1.8`: every image has that. */
function javaDemand(values: readonly string[]): readonly LanguageDemand[] {
  const versions = values.filter((value) => /^\d{1,2}$/.test(value)).map(Number);
  return versions.length === 0 ? [] : [{ asks: `Java ${Math.max(...versions)}`, range: `>=${Math.max(...versions)}` }];
}

/** What a program that is built from such a file needs to run, where that is known: its Java or later, its .NET alone. */
export function runtimeDemand(file: string, text: string): LanguageDemand | undefined {
  if (file === 'pom.xml' || file.startsWith('build.gradle')) return languageDemands(file, text, '0')[0];
  const major = frameworkMajor(elementsOf('TargetFramework', text)[0] ?? '');
  const bringsIt = ['SelfContained', 'PublishSelfContained', 'PublishAot', 'RollForward'].some(
    (name) => elementsOf(name, text).length > 0,
  );
  return major === undefined || bringsIt ? undefined : { asks: `.NET ${major}.0`, range: `${major}.x` };
}
