/**
 * Programs that compare a file with its checksum or signature: those of coreutils, busybox and Perl, gpg(1), openssl-dgst(1),
 * https://docs.sigstore.dev/cosign/, https://jedisct1.github.io/minisign/, https://github.com/slsa-framework/slsa-verifier
 */

const sums = /^(?:b2|cksum|md5|sha\d*|sha\d+)sum$|^(?:shasum|cksum|sha256|rhash|b3sum|hashdeep)$/;
const runsScripts = /^(?:php|python|node|perl|ruby)[\d.]*$/;
const signatures =
  /^(?:gpgv2?|cosign|minisign|slsa-verifier|signify(?:-openbsd)?|sigstore|rekor-cli|notation|in-toto-verify)$/;

/** What scripts call for a sum: hash_file() of PHP (the recipe of https://getcomposer.org/download/), hashlib of Python, others. */
const sumsInScripts = /hash_file|hash_equals|hashlib|createHash|\bDigest\b|\b(?:md5|sha(?:1|224|256|384|512))\b/;

/** `words` undefined: whether some call of it does. What a sum is compared with may stand in any command. */
export function checksContent(name: string | undefined, words: readonly string[] | undefined): boolean {
  if (name === undefined) return false;
  if (sums.test(name) || signatures.test(name) || /verify|checksum|check-sum/.test(name)) return true;
  switch (name) {
    case 'gpg':
    case 'gpg2':
      return words === undefined || words.some((word) => /^(?:--verify|--verify-files|--decrypt|-d)$/.test(word));
    case 'openssl':
      return words === undefined || /^(?:dgst|sha\d+|md5)$/.test(words[0] ?? '');
    case 'gh':
      return words === undefined || words[0] === 'attestation';
    case 'rpm':
    case 'rpmkeys':
      return words === undefined || words.some((word) => /^(?:-K|--checksig)$/.test(word));
    default:
      return runsScripts.test(name) && (words === undefined || words.some((word) => sumsInScripts.test(word)));
  }
}

/** Programs that check who made something, with a key of theirs. */
export const checksWho = (name: string | undefined): boolean =>
  name !== undefined && (signatures.test(name) || /^(?:gpg2?|gh|rpmkeys)$/.test(name));
