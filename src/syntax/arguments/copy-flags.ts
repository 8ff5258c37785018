/** Values of `--chmod`, `--chown` and `--checksum` that BuildKit refuses when it plans the build. */
import type { CopyInstruction, Word } from '../instruction.ts';
import type { Draft } from './draft.ts';
import { flagValue } from './flags.ts';
import { isUnsigned } from './go-values.ts';

/** Notes the values that no variable can change. An empty one is as if it were not there. */
export function checkCopyFlags(draft: Draft, instruction: CopyInstruction): void {
  const { chmod, chown } = instruction;
  const mode = chmod === undefined ? undefined : faultOfMode(chmod.text);
  if (chmod !== undefined && mode !== undefined) draft.refuse(chmod.span, `--chmod=${chmod.raw} ${mode}.`);
  if (chown !== undefined && instruction.link && isByName(chown.text))
    draft.refuse(
      chown.span,
      `--chown=${chown.raw} cannot stand with --link, where the accounts of the image are not read: give numbers, or leave --link out.`,
    );
  const checksum = flagValue(draft, 'checksum');
  const sum = checksum === undefined ? undefined : faultOfChecksum(checksum, instruction);
  if (checksum !== undefined && sum !== undefined) draft.refuse(checksum.span, `--checksum=${checksum.raw} ${sum}.`);
}

/** The permissions as chmod takes them in letters: `u=rwX,go=rX`. */
const letters = /^[augo]*(?:[-+=][rstwXxugo]*)+(?:,[augo]*(?:[-+=][rstwXxugo]*)+)*$/;

function faultOfMode(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (isUnsigned(text, 8))
    return Number.parseInt(text, 8) > 0o7777 ? 'is above 7777, the highest mode there is' : undefined;
  if (/^\d/.test(text)) return 'is no octal number: its digits are 0 to 7, as in 755';
  return letters.test(text) ? undefined : 'is no mode: write it in octal, as 755, or in letters, as u=rwx,go=rx';
}

/** Whether an account has to be looked up by its name. Root is known to be 0. */
function isByName(owner = ''): boolean {
  const [user = '', ...group] = owner.split(':');
  return [user, group.join(':')].some((part) => part !== '' && part !== 'root' && !/^[-+]?\d+$/.test(part));
}

const lengths: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

function faultOfChecksum({ text }: Word, { sources }: CopyInstruction): string | undefined {
  if (text === undefined || text === '') return undefined;
  const [source, ...more] = sources;
  if (source === undefined || more.length > 0) return 'takes one source, an address';
  if (source.text === undefined) return undefined;
  if (!/^[a-z][a-z\d+.-]*:\/\/|^[\w.-]+@[\w.-]+:|^github\.com\//i.test(source.text))
    return `is for what is downloaded, and ${source.text} is of the build context`;
  return isFile(source.text) ? faultOfDigest(text) : undefined;
}

/** An address that is not taken for a Git repository, whose checksum is that of a commit. */
const isFile = (address: string): boolean => /^https?:\/\//.test(address) && !/^[^?#]*\.git(?:$|[?#])/.test(address);

function faultOfDigest(text: string): string | undefined {
  const colon = text.indexOf(':');
  if (colon === -1) return 'names no algorithm: write sha256: in front of the digits';
  const algorithm = text.slice(0, colon);
  const digits = text.slice(colon + 1);
  const length = lengths.get(algorithm);
  if (length === undefined)
    return `has an algorithm that BuildKit does not know: it knows ${[...lengths.keys()].join(', ')}`;
  if (digits.length !== length) return `has ${digits.length} digits, where ${algorithm} has ${length}`;
  return /^[\da-f]+$/.test(digits) ? undefined : 'has other characters than 0 to 9 and a to f in small letters';
}
