/** Which product an image is named after, and the tables of the others that its tag can name. */
import { isDistroless, withoutMirror } from './base-images.ts';
import {
  dotnetSupport,
  elixirSupport,
  erlangSupport,
  goSupport,
  javaSupport,
  nodeSupport,
  openjdkSupport,
  phpSupport,
  pythonSupport,
  rubySupport,
} from './support-of-languages.ts';
import { rustSupport } from './support-of-rust.ts';
import * as servers from './support-of-servers.ts';
import {
  almaSupport,
  alpineSupport,
  amazonLinuxSupport,
  azureLinuxSupport,
  centosStreamSupport,
  centosSupport,
  debianSupport,
  distrolessSupport,
  fedoraSupport,
  rockySupport,
  ubuntuSupport,
  windowsSupport,
} from './support-of-systems.ts';
import type { SupportTable } from './support-table.ts';

/** Docker's official images whose tags begin with the release of a product. */
const official: ReadonlyMap<string, SupportTable> = new Map([
  ...servers.retiredImages,
  ['node', nodeSupport],
  ['python', pythonSupport],
  ['golang', goSupport],
  ['openjdk', openjdkSupport],
  ['eclipse-temurin', javaSupport],
  ['amazoncorretto', javaSupport],
  ['sapmachine', javaSupport],
  ['ibm-semeru-runtimes', javaSupport],
  ['ruby', rubySupport],
  ['php', phpSupport],
  ['elixir', elixirSupport],
  ['erlang', erlangSupport],
  ['rust', rustSupport],
  ['debian', debianSupport],
  ['buildpack-deps', debianSupport],
  ['ubuntu', ubuntuSupport],
  ['alpine', alpineSupport],
  ['centos', centosSupport],
  ['fedora', fedoraSupport],
  ['rockylinux', rockySupport],
  ['almalinux', almaSupport],
  ['amazonlinux', amazonLinuxSupport],
  ['nginx', servers.nginxSupport],
  ['postgres', servers.postgresSupport],
  ['mysql', servers.mysqlSupport],
  ['mariadb', servers.mariadbSupport],
  ['redis', servers.redisSupport],
  ['mongo', servers.mongoSupport],
  ['tomcat', servers.tomcatSupport],
  ['haproxy', servers.haproxySupport],
  ['composer', servers.composerSupport],
]);

/** Images of those who make the product, or keep to its versions as the official ones do. */
const known: readonly (readonly [RegExp, SupportTable])[] = [
  [/^mcr\.microsoft\.com\/dotnet\/(?:core\/|nightly\/)?(?:sdk|aspnet|runtime|runtime-deps)$/, dotnetSupport],
  [/^microsoft\/(?:dotnet|aspnetcore(?:-build)?)$/, dotnetSupport],
  [/^azul\/zulu-openjdk(?:-alpine|-debian|-centos|-distroless)?$/, javaSupport],
  [/^bellsoft\/liberica-openj(?:dk|re)-[a-z]+$/, javaSupport],
  [/^mcr\.microsoft\.com\/openjdk\/jdk$/, javaSupport],
  [/^adoptopenjdk\/openjdk\d+(?:-openj9)?$/, servers.retiredImages.get('adoptopenjdk') ?? openjdkSupport],
  [/^public\.ecr\.aws\/amazonlinux\/amazonlinux$/, amazonLinuxSupport],
  [/^public\.ecr\.aws\/amazoncorretto\/amazoncorretto$/, javaSupport],
  [/^(?:registry\.fedoraproject\.org|quay\.io\/fedora)\/fedora(?:-minimal)?$/, fedoraSupport],
  [/^quay\.io\/centos\/centos$/, centosSupport],
  [/^rockylinux\/rockylinux$/, rockySupport],
  [/^nginxinc\/nginx-unprivileged$/, servers.nginxSupport],
  [/^mongodb\/mongodb-community-server$/, servers.mongoSupport],
  [/^hexpm\/elixir$/, elixirSupport],
  [/^hexpm\/erlang$/, erlangSupport],
  [/^mcr\.microsoft\.com\/azure-functions\/[a-z-]+$/, servers.azureFunctionsSupport],
  [/^mcr\.microsoft\.com\/(?:azurelinux|cbl-mariner)\/base\/core$/, azureLinuxSupport],
];

/** Whose image it may be: called like the product, and tagged like it as a rule. */
const telling: readonly (readonly [RegExp, SupportTable])[] = [
  [/(?:^|\/)(?:node|nodejs|(?:java|type)script-node)$/, nodeSupport],
  [/(?:^|\/)python$/, pythonSupport],
  [/(?:^|\/)(?:golang|go)$/, goSupport],
  [/(?:^|\/)php$/, phpSupport],
  [/(?:^|\/)ruby$/, rubySupport],
  [/(?:^|\/)nginx$/, servers.nginxSupport],
  [/(?:^|\/)debian$/, debianSupport],
  [/(?:^|\/)ubuntu$/, ubuntuSupport],
  [/(?:^|\/)alpine$/, alpineSupport],
  [/(?:^|\/)centos$/, centosSupport],
];

export interface NamedProduct {
  readonly table: SupportTable;
  /** Whose image it is: of the product or Docker, or of somebody else, who may go on with it or count otherwise. */
  readonly maker: 'known' | 'other';
}

/** The product whose release stands first in the tags of an image. */
export function productOf(name: string): NamedProduct | undefined {
  const image = withoutMirror(name);
  const table = official.get(image) ?? known.find(([pattern]) => pattern.test(image))?.[1];
  if (table !== undefined) return { table, maker: 'known' };
  const withoutHost = image.replace(/^(?=[^/]*[.:])[^/]*\//, '');
  const alike = [...known, ...telling].find(([pattern]) => pattern.test(withoutHost))?.[1];
  return alike === undefined ? undefined : { table: alike, maker: 'other' };
}

/** Whether Docker, or the maker of what it is named after, makes an image. */
export const isByMaker = (name: string): boolean =>
  productOf(name)?.maker === 'known' ||
  /^(?:maven|gradle|jetty|groovy|clojure|jruby|swift|perl|httpd|traefik|wordpress|drupal|ghost|rabbitmq)$/.test(
    withoutMirror(name),
  ) ||
  isDistroless(name) ||
  /^(?:nvidia\/cuda|mcr\.microsoft\.com\/(?:windows|dotnet)\/.*)$/.test(withoutMirror(name));

/** By the word before the number in a tag or name: `alpine3.17`, `debian-11`, `erlang-26.2`, `nodejs18`. */
export const productsByWord: ReadonlyMap<string, SupportTable> = new Map([
  ['alpine', alpineSupport],
  ['debian', debianSupport],
  ['ubuntu', ubuntuSupport],
  ['centos', centosSupport],
  ['stream', centosStreamSupport],
  ['rockylinux', rockySupport],
  ['fedora', fedoraSupport],
  ['al', amazonLinuxSupport],
  ['mariner', azureLinuxSupport],
  ['azurelinux', azureLinuxSupport],
  ['erlang', erlangSupport],
  ['otp', erlangSupport],
  ['jdk', javaSupport],
  ['jre', javaSupport],
  ['temurin', javaSupport],
  ['corretto', javaSupport],
  ['openjdk', openjdkSupport],
  ['python', pythonSupport],
  ['node', nodeSupport],
  ['nodejs', nodeSupport],
  ['php', phpSupport],
  ['ruby', rubySupport],
]);

/** Distributions whose releases have names; official images name theirs in their tags. */
export const namedSystems: readonly SupportTable[] = [debianSupport, ubuntuSupport];

/** The one whose releases are named in tags of images for Windows. */
export const windowsSystems: readonly SupportTable[] = [windowsSupport];

/** Every table, for those who ask how old they are. */
export const supportTables: readonly SupportTable[] = [
  ...new Set([
    ...official.values(),
    ...known.map(([, table]) => table),
    ...productsByWord.values(),
    distrolessSupport,
    windowsSupport,
  ]),
];
