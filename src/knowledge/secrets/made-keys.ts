/**
 * Private keys that a command makes: whoever has the image has them, and all containers of it share them.
 *
 * Sources: openssl-genrsa(1), openssl-genpkey(1), openssl-ecparam(1), openssl-req(1), ssh-keygen(1).
 */

type Words = readonly (string | undefined)[];

/** The files that they come to stand in, as written; none for other commands, and where a word is not known. */
export function keysMadeBy([program, ...words]: Words): readonly string[] {
  if (words.includes(undefined)) return [];
  if (program === 'ssh-keygen') return sshKeys(words);
  if (program !== 'openssl') return [];
  const [command] = words;
  if (command === 'req')
    return words.includes('-newkey') || (words.includes('-keyout') && !words.includes('-key'))
      ? valuesOf('-keyout', words)
      : [];
  const makes = command === 'genrsa' || command === 'genpkey' || (command === 'ecparam' && words.includes('-genkey'));
  return makes && !words.includes('-genparam') ? valuesOf('-out', words) : [];
}

/** `-A` makes those of the host that are missing. */
function sshKeys(words: Words): readonly string[] {
  if (words.includes('-A')) return ['/etc/ssh/ssh_host_ed25519_key'];
  return words.some((word) => /^-[yRFHlsQiepIU]/.test(word ?? '')) ? [] : valuesOf('-f', words);
}

function valuesOf(flag: string, words: Words): readonly string[] {
  const value = words[words.indexOf(flag) + 1];
  return !words.includes(flag) || value === undefined || value.startsWith('/dev/') ? [] : [value];
}
