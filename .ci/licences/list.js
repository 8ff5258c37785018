#!/usr/bin/env node
/** `npm run licences`: the dependencies with their licences, the bundled ones first; fails where one does not go with MIT. */
import { fileURLToPath } from 'node:url';
import { packages } from './read.js';

const all = await packages(fileURLToPath(new URL('../..', import.meta.url)));
const width = Math.max(...all.map(({ name, version }) => name.length + version.length + 1));
for (const [title, isBundled] of [
  ['bundled', true],
  ['used to build and test', false],
]) {
  const some = all.filter((each) => each.isBundled === isBundled);
  console.log(`${title}: ${some.length}`);
  for (const { name, version, licence } of some) console.log(`  ${`${name}@${version}`.padEnd(width)}  ${licence}`);
}
const refused = all.filter(({ isAllowed }) => !isAllowed);
for (const { name, version, licence } of refused)
  console.error(`licences: ${name}@${version} is under ${licence}, which nobody has found compatible with MIT`);
if (refused.length > 0) process.exitCode = 1;
