/**
 * Keys that apt trusts whatever repository they sign.
 *
 * apt-key(8), which apt 2.9 (Debian 13, Ubuntu 25.04) no longer has; sources.list(5) on Signed-By;
 * https://wiki.debian.org/DebianRepository/UseThirdParty
 */

/** Whether a call of apt-key adds a key to those that are trusted everywhere. */
export function trustsKey(name: string, words: readonly string[]): boolean {
  if (name !== 'apt-key') return false;
  const ring = words.indexOf('--keyring');
  if (ring !== -1 && !isTrustedRing(words[ring + 1] ?? '')) return false;
  return (
    words.includes('add') || (words.includes('adv') && words.some((word) => /^--(?:recv|fetch|import)/.test(word)))
  );
}

export const isTrustedRing = (path: string): boolean => /^\/etc\/apt\/trusted\.gpg(?:$|\.d(?:\/|$))/.test(path);

/** Keys of the distribution itself. */
export const isDistributionRing = (path: string): boolean =>
  /(?:debian|ubuntu|kali|raspbian)-(?:archive|keyring|security|release|ports)/.test(path);

/** Programs that write a file that is among their words; cp and its like write the last one. */
export function writtenAmong(name: string, words: readonly string[]): readonly string[] {
  switch (name) {
    case 'cp':
    case 'mv':
    case 'install':
    case 'ln':
      return words.slice(-1);
    case 'curl':
    case 'wget':
    case 'tee':
    case 'gpg':
    case 'gpg2':
    case 'dd':
    case 'touch':
      return words.map((word) => word.replace(/^(?:--[a-z-]+=|of=|-[oO])/, ''));
    default:
      return [];
  }
}
