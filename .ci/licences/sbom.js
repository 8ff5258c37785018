#!/usr/bin/env node
/**
 * `npm run sbom [-- FOLDER]`: the lists of what is in the bundle (SBOM), dflint.cyclonedx.json and dflint.spdx.json, by
 * default in dist/sbom. npm makes them of the lockfile; what only builds and tests is left out: nothing of it is passed on.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packages } from './read.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const { name, version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
const bundled = (await packages(repository)).filter(({ isBundled }) => isBundled);
const shipped = new Set(bundled.map((each) => `${each.name}@${each.version}`));
const self = `${name}@${version}`;

function made(format) {
  const words = ['sbom', '--package-lock-only', '--omit=optional', '--sbom-format', format];
  const stdio = ['ignore', 'pipe', 'inherit'];
  return JSON.parse(execFileSync('npm', words, { cwd: repository, encoding: 'utf8', stdio, maxBuffer: 1 << 28 }));
}

/** One place of a package is enough; npm tells each. */
const onceBy = (key, entries) => [...new Map(entries.map((entry) => [entry[key], entry])).values()];

function cyclonedx() {
  const bom = made('cyclonedx');
  const component = { ...bom.metadata.component, name, type: 'application' };
  const dependsOn = [...shipped].sort();
  return {
    ...bom,
    metadata: { ...bom.metadata, component },
    components: onceBy(
      'bom-ref',
      bom.components
        .filter((each) => shipped.has(each['bom-ref']))
        .map((each) => ({ ...each, scope: 'required', properties: [] })),
    ),
    dependencies: [
      { ref: self, dependsOn },
      ...onceBy(
        'ref',
        bom.dependencies.filter(({ ref }) => shipped.has(ref)),
      ).map(({ ref, dependsOn: needed }) => ({ ref, dependsOn: needed.filter((each) => shipped.has(each)) })),
    ],
  };
}

function spdx() {
  const document = made('spdx');
  const root = document.documentDescribes[0];
  const isShipped = (each) => shipped.has(`${each.name}@${each.versionInfo}`);
  const { packageFileName: _, ...described } = document.packages.find(({ SPDXID }) => SPDXID === root);
  const parts = onceBy('SPDXID', document.packages.filter(isShipped));
  return {
    ...document,
    name: self,
    packages: [
      { ...described, name, primaryPackagePurpose: 'APPLICATION' },
      ...parts.map(({ packageFileName: _place, ...part }) => part),
    ],
    relationships: [
      { spdxElementId: document.SPDXID, relatedSpdxElement: root, relationshipType: 'DESCRIBES' },
      ...parts.map(({ SPDXID }) => ({ spdxElementId: root, relatedSpdxElement: SPDXID, relationshipType: 'CONTAINS' })),
    ],
  };
}

const folder = resolve(process.argv[2] ?? join(repository, 'dist/sbom'));
mkdirSync(folder, { recursive: true });
for (const [file, list] of [
  ['dflint.cyclonedx.json', cyclonedx()],
  ['dflint.spdx.json', spdx()],
])
  writeFileSync(join(folder, file), `${JSON.stringify(list, undefined, 2)}\n`);
console.log(`${shipped.size} packages: ${join(folder, 'dflint.cyclonedx.json')}, ${join(folder, 'dflint.spdx.json')}`);
