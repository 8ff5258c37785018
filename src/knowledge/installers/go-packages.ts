/** What `go install`, `go get` and `go run` take from elsewhere: https://go.dev/ref/mod#go-install, #go-get. */
import type { InstallerWords } from './installer.ts';
import type { PackageRequest } from './package-request.ts';

/** Build flags with a value of their own: https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies. */
const valued: ReadonlySet<string> = new Set(
  ['C asmflags buildmode buildvcs compiler gccgoflags gcflags installsuffix ldflags mod modfile overlay p pgo pkgdir']
    .join(' ')
    .concat(' tags toolexec exec coverpkg covermode o')
    .split(' ')
    .flatMap((name) => [`-${name}`, `--${name}`]),
);

/** Queries that mean another version each day. */
const moving = /^(?:latest|upgrade|patch|main|master|develop|trunk|HEAD)$/;

/** The words of a call that are neither flags nor their values, and the directory of `-C`. */
export function goOperands(words: InstallerWords): {
  readonly operands: InstallerWords;
  readonly directory: string | undefined;
} {
  const operands: (string | undefined)[] = [];
  let directory: string | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined || !word.startsWith('-')) operands.push(word);
    else if (valued.has(word)) at += 1;
    if (word === '-C') directory = words[at];
    // What follows the package is for the program that runs.
    if (operands[0] === 'run' && operands.length === 2) break;
  }
  return { operands, directory };
}

export function goRequest(words: InstallerWords): PackageRequest | undefined {
  const { operands } = goOperands(words);
  const [verb, ...packages] = operands;
  if (verb !== 'install' && verb !== 'get' && verb !== 'run') return undefined;
  const named = packages.filter((word) => word !== undefined).filter(isElsewhere);
  const tagged = named.filter((word) => moving.test(word.slice(word.indexOf('@') + 1)) && word.includes('@'));
  const bare = named.filter((word) => !word.includes('@'));
  // `go get x` takes the newest one into go.mod; the others take the version that stands there.
  if (verb === 'get')
    return { manager: 'go', unpinned: named.filter((word) => bare.includes(word) || tagged.includes(word)) };
  if (tagged.length > 0) return { manager: 'go', unpinned: tagged };
  return { manager: 'go', unpinned: bare, unless: 'go.mod' };
}

/** The first part of its path is a host: `golang.org/x/tools/cmd/goimports`, neither `./cmd/shop` nor `net/http`. */
const isElsewhere = (word: string): boolean => /^[\w-]+(?:\.[\w-]+)+(?:\/|@)/.test(word) && !/\.go$/.test(word);
