/**
 * Commands that unpack archives, as far as ADD could do it for them: it unpacks tar archives, also those compressed with
 * gzip, bzip2, xz or zstd, whole and as they are (https://docs.docker.com/reference/dockerfile/#add).
 *
 * By the manual of GNU tar (old-style and clustered options, options that choose or rename members) and gzip(1).
 */
type Words = readonly (string | undefined)[];

export interface UnpackCall {
  /** The archive as written; absent for standard input. */
  readonly archive?: string;
}

const valued = 'fCTXIbgHKLNVF';
const valuedLong =
  /^--(?:file|directory|files-from|exclude-from|use-compress-program|transform|xform|exclude|owner|group|mode)$/;
/** What ADD has no counterpart of: parts of an archive, other names, other programs to decompress with. */
const particular =
  /^--(?:strip|transform|xform|exclude|files-from|use-compress|to-stdout|to-command|keep|skip-old|overwrite|wildcards|one-top|lzma|lzip|lzop|compress|uncompress|mode|no-recursion|occurrence)/;

/** A call of tar that unpacks a whole archive, as ADD would; undefined for other commands. */
export function unpackCall([path = '', ...rest]: Words): UnpackCall | undefined {
  if (!/(?:^|\/)(?:tar|bsdtar|gtar)$/.test(path) || rest.includes(undefined)) return undefined;
  const words = rest.map((word) => word ?? '');
  const [first = ''] = words;
  const { flags, values, operands } = sorted(/^[A-Za-z]+$/.test(first) ? oldStyle(words) : words);
  if (!flags.some((flag) => /^(?:x|--extract|--get)$/.test(flag))) return undefined;
  if (operands.length > 0 || flags.some((flag) => particular.test(flag) || /^[TXIOkKNZaFL]$/.test(flag)))
    return undefined;
  const archive = values.get('f') ?? values.get('--file');
  if (archive === undefined || archive === '-') return {};
  return /\.(?:Z|lzma|tlz|lz|lz4|lzo|zip|7z|rar)$/.test(archive) ? undefined : { archive };
}

/** `tar xzfC archive folder` is `tar -x -z -f archive -C folder`. */
function oldStyle([letters = '', ...rest]: readonly string[]): readonly string[] {
  const words: string[] = [];
  let next = 0;
  for (const letter of letters) words.push(`-${letter}`, ...(valued.includes(letter) ? [rest[next++] ?? ''] : []));
  return [...words, ...rest.slice(next)];
}

interface Sorted {
  /** Single letters and long options. */
  readonly flags: readonly string[];
  readonly values: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

function sorted(words: readonly string[]): Sorted {
  const flags: string[] = [];
  const values = new Map<string, string>();
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word.startsWith('--')) {
      const [name = word, value] = word.split(/=(.*)/s);
      flags.push(name);
      if (value !== undefined) values.set(name, value);
      else if (valuedLong.test(name)) values.set(name, words[++at] ?? '');
    } else if (word.startsWith('-') && word !== '-') {
      for (let letter = 1; letter < word.length; letter++) {
        const flag = word.charAt(letter);
        flags.push(flag);
        if (!valued.includes(flag)) continue;
        const attached = word.slice(letter + 1);
        values.set(flag, attached === '' ? (words[++at] ?? '') : attached);
        break;
      }
    } else operands.push(word);
  }
  return { flags, values, operands };
}

/** Files that a command writes decompressed to its output, or (`inPlace`) puts the decompressed ones in place of. */
export interface DecompressCall {
  readonly files: readonly string[];
  readonly inPlace: boolean;
}

export function decompressCall([path = '', ...rest]: Words): DecompressCall | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const words = rest.map((word) => word ?? '');
  const files = words.filter((word) => !word.startsWith('-') && word !== '');
  if (rest.includes(undefined) || files.length === 0) return undefined;
  const has = (letter: string, long: RegExp): boolean =>
    words.some((word) => long.test(word) || (/^-[a-zA-Z\d]+$/.test(word) && word.includes(letter)));
  if (/^(?:cat|pv|zcat|gzcat|bzcat|xzcat|zstdcat)$/.test(name)) return { files, inPlace: false };
  const opens =
    /^(?:gunzip|bunzip2|unxz|unzstd|unpigz)$/.test(name) ||
    (/^(?:gzip|bzip2|xz|zstd|pigz)$/.test(name) && has('d', /^--(?:de|un)compress$/));
  return opens ? { files, inPlace: !has('c', /^--(?:to-)?stdout$/) } : undefined;
}

/** The archives that a command takes out or installs from, as written; what is read from standard input has no name. */
export function unpackedFiles([path = '', ...rest]: Words): readonly string[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const words = rest.map((word) => word ?? '');
  const named = words.filter((word) => word !== '' && !word.startsWith('-'));
  switch (name) {
    case 'tar':
    case 'bsdtar':
    case 'gtar': {
      const { flags, values } = sorted(/^[A-Za-z]+$/.test(words[0] ?? '') ? oldStyle(words) : words);
      const archive = values.get('f') ?? values.get('--file') ?? '-';
      return flags.some((flag) => /^(?:x|--extract|--get)$/.test(flag)) && archive !== '-' && archive !== ''
        ? [archive]
        : [];
    }
    case 'unzip':
      return words.some((word) => /^-[a-zA-Z]*[lptvz]/.test(word)) ? [] : named.slice(0, 1);
    case '7z':
    case '7za':
    case '7zr':
      return named[0] === 'x' || named[0] === 'e' ? named.slice(1, 2) : [];
    case 'dpkg':
      return words.some((word) => /^(?:-i|--install)$/.test(word)) ? named : [];
    case 'rpm':
      return words.some((word) => /^(?:-[a-zA-Z]*[iU]|--install|--upgrade)/.test(word)) ? named : [];
    case 'apt':
    case 'apt-get':
      return named.includes('install') ? named.filter((word) => /^\.{0,2}\/.*\.deb$/.test(word)) : [];
    default:
      return [];
  }
}
