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
    return /^version = 4$/m.test(text) ? [{ asks: 'Rust 1.78 for this version of Cargo.lock', range: '>=1.78.0' }] : [];
  if (file === 'Gemfile') return gemfileDemands(text);
  if (file === 'global.json') return sdkDemands(text);
  if (file === 'pom.xml') return mavenDemands(text);
  if (file.startsWith('build.gradle')) return gradleDemands(text);
  return /\.(?:cs|fs|vb)proj$/.test(file) ? frameworkDemands(text) : [];
}

/** Before 1.21 Go tried what it could, and could not read versions of three parts. */
function goDemands(text: string, version: string): readonly LanguageDemand[] {
  const [, asked] = /^go\s+(1\.\d+(?:\.\d+)?)\s*(?:\/\/.*)?$/m.exec(text) ?? [];
  if (asked === undefined) return [];
  const minor = Number(version.split('.')[1]);
  const isNew = /^1\.\d+\.\d+$/.test(asked) || /^toolchain\s/m.test(text);
  if (minor < 21 && !isNew) return [];
  return [{ asks: `Go ${asked}`, range: minor < 21 ? '>=1.21.0' : `>=${asked}` }];
}

const editions: ReadonlyMap<string, string> = new Map([
  ['2018', '1.31'],
  ['2021', '1.56'],
  ['2024', '1.85'],
]);

function cargoDemands(text: string): readonly LanguageDemand[] {
  const [, edition = ''] = /^edition\s*=\s*"(\d{4})"/m.exec(text) ?? [];
  const [, asked] = /^rust-version\s*=\s*"(1\.\d+(?:\.\d+)?)"/m.exec(text) ?? [];
  const since = editions.get(edition);
  return [
    ...(asked === undefined ? [] : [{ asks: `Rust ${asked}`, range: `>=${asked}` }]),
    ...(since === undefined ? [] : [{ asks: `Rust ${since} for edition ${edition}`, range: `>=${since}` }]),
  ];
}

function gemfileDemands(text: string): readonly LanguageDemand[] {
  const [, operator = '', asked] =
    /^\s*ruby\s*\(?\s*["']\s*(>=|~>|=)?\s*(\d+\.\d+(?:\.\d+)?)["']\s*\)?\s*(?:#.*)?$/m.exec(text) ?? [];
  if (asked === undefined) return [];
  const [major = '', minor = '', patch] = asked.split('.');
  const upTo = patch === undefined ? `<${Number(major) + 1}.0.0` : `<${major}.${Number(minor) + 1}.0`;
  if (operator === '~>') return [{ asks: `Ruby ~> ${asked}`, range: `>=${asked} ${upTo}` }];
  if (operator === '>=') return [{ asks: `Ruby >= ${asked}`, range: `>=${asked}` }];
  return patch === undefined ? [] : [{ asks: `Ruby ${asked}`, range: asked }];
}

/** Without rollForward, and with those that name patches and features, the SDK has to be of the same release. */
function sdkDemands(text: string): readonly LanguageDemand[] {
  const [, major, minor] = /"sdk"\s*:\s*\{[^}]*"version"\s*:\s*"(\d+)\.(\d+)\.\d+[^"]*"/.exec(text) ?? [];
  if (major === undefined) return [];
  const [, roll = ''] = /"rollForward"\s*:\s*"(\w+)"/.exec(text) ?? [];
  const least = `${major}.${minor}`;
  const range = /major/i.test(roll)
    ? `>=${least}`
    : /minor/i.test(roll)
      ? `>=${least} <${Number(major) + 1}.0.0`
      : `${least}.x`;
  return [{ asks: `the SDK of .NET ${least}`, range }];
}

function frameworkDemands(text: string): readonly LanguageDemand[] {
  const [, named = ''] = /<TargetFrameworks?>\s*([^<]*)</.exec(text) ?? [];
  const majors = [...named.matchAll(/(?:^|;)\s*net(\d+)\.0(?=$|[;\s-])/g)].map(([, major]) => Number(major));
  return majors.length === 0 ? [] : [{ asks: `.NET ${Math.max(...majors)}.0`, range: `>=${Math.max(...majors)}.0` }];
}

function mavenDemands(text: string): readonly LanguageDemand[] {
  const usesProperty = /<artifactId>\s*spring-boot-starter-parent\s*</.test(text) || text.includes('${java.version}');
  const names = [
    'maven\\.compiler\\.release',
    'maven\\.compiler\\.source',
    'maven\\.compiler\\.target',
    ...(usesProperty ? ['java\\.version'] : []),
  ];
  const values = names.flatMap((name) =>
    [...text.matchAll(new RegExp(`<${name}>\\s*(\\d+)\\s*</`, 'g'))].map(([, value]) => Number(value)),
  );
  return javaDemand(values);
}

/** A toolchain has to be of the version itself, unless a plugin of the settings downloads it. */
function gradleDemands(text: string): readonly LanguageDemand[] {
  const values = [
    ...text.matchAll(/^\s*(?:source|target)Compatibility\s*=?\s*(?:JavaVersion\.VERSION_|["']?)(\d+)\b(?!\.)/gm),
  ];
  return javaDemand(values.map(([, value]) => Number(value)));
}

const javaDemand = (values: readonly number[]): readonly LanguageDemand[] =>
  values.length === 0 ? [] : [{ asks: `Java ${Math.max(...values)}`, range: `>=${Math.max(...values)}` }];

/** What a program that is built from such a file needs to run, where that is known: its Java or later, its .NET alone. */
export function runtimeDemand(file: string, text: string): LanguageDemand | undefined {
  if (file === 'pom.xml' || file.startsWith('build.gradle')) return languageDemands(file, text, '0')[0];
  const [, named = ''] = /<TargetFramework>\s*([^<]*)</.exec(text) ?? [];
  const [, major] = /^net(\d+)\.0\s*$/.exec(named) ?? [];
  const bringsIt = /<(?:SelfContained|PublishSelfContained|PublishAot|RollForward|PublishTrimmed)>/i.test(text);
  return major === undefined || bringsIt ? undefined : { asks: `.NET ${major}.0`, range: `${major}.x` };
}
