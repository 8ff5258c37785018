/**
 * /var/log/lastlog and /var/log/faillog have a record for each UID up to the highest (lastlog(8), faillog(8)): useradd
 * without `-l` writes the record of a new account, and a layer holds the hole before it as zeros.
 */

/** struct lastlog and struct faillog of glibc and shadow on 64 bits. */
const bytesPerUid = 292 + 32;

export const loginLogSize = (uid: number): number => uid * bytesPerUid;

/**
 * Whether useradd leaves files that end before the record as they are: shadow 4.9 and later do (tried with 4.13 of
 * Debian 12). Debian 12 and Ubuntu 22.10 were the first with it; in Alpine the files are not there. Told by the tag.
 */
export function leavesLoginLogs(name: string, tag: string): boolean {
  if (/alpine|bookworm|trixie|forky|noble|oracular|plucky|questing/.test(`${name} ${tag}`)) return true;
  if (name === 'debian') return /^(?:1[2-9]|stable|latest$)/.test(tag);
  return name === 'ubuntu' && /^(?:2[3-9]|22\.10|latest$)/.test(tag);
}
