/** Files that take megabytes as a rule, or next to nothing, by their names. */

const bulky =
  /\.(?:tar|tgz|tbz2?|txz|tzst|tar\.[a-z0-9]{1,4}|zip|7z|rar|gz|bz2|xz|zst|deb|rpm|apk|jar|war|ear|whl|nupkg|msi|exe|iso|img|dmp|sql\.gz|onnx|gguf|safetensors|pt|h5|pkl|parquet|sqlite3?|mp4|mov|run|bin)$/i;
const trifle =
  /\.(?:asc|sig|gpg|key|pem|crt|cer|sha\d*|sha\d*sums?|md5|sh|bash|txt|md|json|ya?ml|toml|conf|cfg|ini|list|repo|sources|service|rules|py|pl|rb|patch|diff|env|xml|properties|lock|lockb)$|^\.env(?:\..*)?$|^\.[\w.-]*(?:rc|ignore|attributes)$|sums$/i;

/** Packages that only tell a package manager of another source: `packages-microsoft-prod.deb`, `epel-release-latest-9.noarch.rpm`. */
const source = /^(?:packages-microsoft-|(?=.*(?:-release|keyring|apt-config|repo)[-_.])).*\.(?:deb|rpm)$/i;

export const isBulky = (path: string): boolean => bulky.test(nameOf(path)) && !source.test(nameOf(path));

export const isTrifle = (path: string): boolean => trifle.test(nameOf(path)) || source.test(nameOf(path));

/** Folders that builds write by convention. */
export const isOutputName = (name: string): boolean =>
  /^(?:dist|build|out|target|bin|obj|\.next|\.nuxt|\.output)$/.test(name);

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
