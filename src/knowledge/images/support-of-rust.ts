/** Rust, which supports its newest release only. */
import { type SupportedRelease, type SupportTable, supportChecked } from './support-table.ts';

const day = 24 * 60 * 60 * 1000;
/** Rust 1.64, 22 September 2022; there has been a release each six weeks since 2015. */
const anchor = { minor: 64, at: Date.UTC(2022, 8, 22) };

const releasedOn = (minor: number): string =>
  new Date(anchor.at + (minor - anchor.minor) * 42 * day).toISOString().slice(0, 10);

/** Releases that were out when the table was made. */
const lastMinor = Math.floor((Date.parse(supportChecked) - anchor.at) / (42 * day)) + anchor.minor;

let releases: readonly SupportedRelease[] | undefined;

export const rustSupport: SupportTable = {
  product: 'Rust',
  source: 'https://forge.rust-lang.org/#current-release-versions',
  checked: supportChecked,
  get releases() {
    releases ??= Array.from({ length: lastMinor + 1 }, (_, minor) =>
      minor === lastMinor ? { name: `1.${minor}` } : { name: `1.${minor}`, ends: releasedOn(minor + 1) },
    );
    return releases;
  },
  // Builds keep to the oldest compiler that they claim to work with for years.
  grace: 18,
};
