/** Until when the releases of a product are supported. */

export interface SupportTable {
  /** As one calls it: `Node.js`. */
  readonly product: string;
  /** Where the days are announced. */
  readonly source: string;
  /** The day of the table: when it was written, or last held against its source. */
  readonly checked: string;
  /** In the order of the releases. */
  readonly releases: readonly SupportedRelease[];
  /** Months for which staying behind is common, so that nothing is said of it. */
  readonly grace?: number;
  /** What to take instead of a product that has no supported release at all. */
  readonly successor?: string;
}

export interface SupportedRelease {
  readonly name: string;
  /** The name that goes with the number: `bookworm`. */
  readonly codename?: string;
  /** The last day; absent where none was told when the table was checked. */
  readonly ends?: string;
  /** The last day of regular support, where others go on with security updates only. */
  readonly regular?: string;
}

/**
 * The day of the tables: they were put together on it out of endoflife.date and announcements, up to the autumn of 2026,
 * and not yet held against each source line by line. Whoever does that for one gives it a day of its own.
 */
export const supportChecked = '2026-11-21';

/** `dates`: `18=2025-04-30`, `12/bookworm=2028-06-30(2026-07-11)` with codename and regular support, `1.27` without a day. */
export function supportTable(product: string, source: string, dates: string, successor?: string): SupportTable {
  let releases: readonly SupportedRelease[] | undefined;
  return {
    product,
    source,
    checked: supportChecked,
    // Few runs ask for more than one table.
    get releases() {
      releases ??= dates.split(' ').map(readRelease);
      return releases;
    },
    ...(successor === undefined ? {} : { successor }),
  };
}

function readRelease(entry: string): SupportedRelease {
  const [names = '', days = ''] = entry.split('=');
  const [name = '', codename] = names.split('/');
  const [ends = '', regular] = days.replace(')', '').split('(');
  return {
    name,
    ...(codename === undefined ? {} : { codename }),
    ...(ends === '' ? {} : { ends }),
    ...(regular === undefined ? {} : { regular }),
  };
}
