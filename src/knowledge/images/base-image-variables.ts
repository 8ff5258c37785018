/**
 * Which variables base images set in any of their versions, from their own Dockerfiles (docker-library,
 * nodejs/docker-node, adoptium/containers, corretto/corretto-docker, dotnet/dotnet-docker, nginxinc,
 * GoogleContainerTools/distroless, oven-sh/bun, denoland/deno_docker, aws/aws-lambda-base-images).
 */
import { isDistroless, withoutMirror } from './base-images.ts';

const none = /^$/;
const java = /^(?:JAVA_|JDK_|JRE_|LANG$|LANGUAGE$|LC_ALL$)/;
const python = /^(?:PYTHON_|LANG$|GPG_KEY$|PYTHONIOENCODING$)/;
const dotnet = /^(?:DOTNET_|ASPNET_|ASPNETCORE_|NUGET_|POWERSHELL_|APP_UID$)/;

const variables: ReadonlyMap<string, RegExp> = new Map<string, RegExp>([
  ...['alpine', 'debian', 'buildpack-deps', 'busybox', 'rockylinux', 'amazonlinux', 'rockylinux/rockylinux'].map(
    (name): [string, RegExp] => [name, none],
  ),
  // Images of 2020 to 2022 set LANG or DEBIAN_FRONTEND in some versions.
  ...['ubuntu', 'almalinux', 'oraclelinux', 'centos', 'archlinux', 'photon'].map((name): [string, RegExp] => [
    name,
    /^(?:LANG|LC_ALL|DEBIAN_FRONTEND|container)$/,
  ]),
  ['fedora', /^(?:DISTTAG|FGC|FBR|container|LANG)$/],
  ['node', /^(?:NODE_VERSION|YARN_VERSION|NPM_CONFIG_LOGLEVEL|NPM_VERSION)$/],
  ['oven/bun', /^BUN_/],
  ['denoland/deno', /^DENO_/],
  ['python', python],
  ['golang', /^(?:GO|GOLANG_)/],
  ['rust', /^(?:RUST|CARGO_)/],
  ['ruby', /^(?:RUBY|GEM_|BUNDLE|LANG$)/],
  ['php', /^(?:PHP|APACHE_|GPG_KEYS$)/],
  ['composer', /^(?:PHP|COMPOSER_|GPG_KEYS$)/],
  ...['eclipse-temurin', 'amazoncorretto', 'openjdk', 'sapmachine'].map((name): [string, RegExp] => [name, java]),
  ['maven', new RegExp(`${java.source}|^(?:MAVEN_|USER_HOME_DIR$|M2_)`)],
  ['gradle', new RegExp(`${java.source}|^GRADLE_`)],
  ['tomcat', new RegExp(`${java.source}|^(?:TOMCAT_|CATALINA_|GPG_KEYS$|LD_LIBRARY_PATH$|OPENSSL_VERSION$)`)],
  ['nginx', /^(?:NGINX_|NJS_|PKG_RELEASE$|DYNPKG_RELEASE$|ACME_)/],
  ['httpd', /^(?:HTTPD_|APR|NGHTTP2_|OPENSSL_)/],
  ...['sdk', 'aspnet', 'runtime', 'runtime-deps'].map((name): [string, RegExp] => [
    `mcr.microsoft.com/dotnet/${name}`,
    dotnet,
  ]),
]);

/**
 * Whether some version of an image sets a variable; true for images that are not known. What every
 * version sets is in `BaseImageFacts.env`. `name` is the familiar name.
 */
export function mayImageSet(name: string, variable: string): boolean {
  if (variable === 'PATH') return true;
  const familiar = withoutMirror(name);
  if (isDistroless(familiar)) return /^(?:SSL_CERT_FILE|JAVA_|LANG$|LC_ALL$|PYTHON)/.test(variable);
  return variables.get(familiar)?.test(variable) ?? true;
}
