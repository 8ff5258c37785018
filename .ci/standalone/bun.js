/** The programs of bun, of the version and with the checksums that stand in bun.json. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpacked } from '../npm-package.js';

const { version, integrity } = JSON.parse(readFileSync(new URL('bun.json', import.meta.url), 'utf8'));

/** The path of bun for a platform, named as in bun.json. */
export function bunFor(platform) {
  const checksum = integrity[platform];
  if (checksum === undefined) throw new Error(`bun.json has no checksum for ${platform}`);
  const folder = unpacked(`@oven/bun-${platform}`, version, checksum);
  return join(folder, 'bin', platform.startsWith('windows') ? 'bun.exe' : 'bun');
}
