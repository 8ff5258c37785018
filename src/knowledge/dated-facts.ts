/** What dflint knows of versions and days, which grows old: its sources, and of which day it is. */
import { supportTables } from './images/supported-images.ts';

export interface DatedFacts {
  readonly name: string;
  readonly source: string;
  /** The day, as 2027-01-31, on which it was written or last held against its source. */
  readonly checked: string;
}

/** The day of everything here that has not been looked at again since. */
const firstChecked = '2026-11-21';

const facts = (name: string, source: string, checked = firstChecked): DatedFacts => ({ name, source, checked });

/** Beside the tables of support, in the order of the folders of `src/knowledge`. */
const others: readonly DatedFacts[] = [
  facts('names of official images', 'https://github.com/docker-library/official-images/tree/master/library'),
  facts('base images: users, variables, programs', 'https://github.com/docker-library/official-images'),
  facts('base images: sizes', 'https://hub.docker.com'),
  facts('base images: curl and wget', 'https://github.com/docker-library/official-images'),
  facts('base images: accounts', '/etc/passwd and /etc/group in the images'),
  facts('tags that name no release', 'https://github.com/docker-library/official-images/tree/master/library'),
  facts('images with build tools', 'https://hub.docker.com, https://mcr.microsoft.com'),
  facts('images for AWS Lambda', 'https://docs.aws.amazon.com/lambda/latest/dg/images-create.html'),
  facts('images with Node.js', 'https://github.com/nodejs/docker-node'),
  facts('installs: development packages', 'npm 11.19, pnpm 8.15 9.15 10.34, yarn 1.22.22 4.18, bun 1.3.5 1.4.5'),
  facts('installs: lockfiles', 'npm 11.19, pnpm 8.15 9.15 10.34, yarn 1.22.22 4.18, bun 1.3.5'),
  facts('subcommands of package managers', 'npm 11.19, pnpm 10, yarn 1.22 and 4, bun 1.3'),
  facts('corepack', 'https://github.com/nodejs/corepack'),
  facts('native npm packages', 'https://registry.npmjs.org, versions of 2023 to 2025'),
  facts('programs of npm packages', 'https://registry.npmjs.org'),
  facts('EXPOSE', 'BuildKit 0.33'),
  facts('SPDX licences', 'https://spdx.org/licenses, spdx-license-ids 3.0'),
];

export const datedFacts: readonly DatedFacts[] = [
  ...supportTables.map(({ product, source, checked }) => facts(`support of ${product}`, source, checked)),
  ...others,
];
