/** The releases that the name and tag of an image tell, and whether they are supported on a day. */
import { isDistroless, withoutMirror } from './base-images.ts';
import { nodeSupport } from './support-of-languages.ts';
import { distrolessSupport } from './support-of-systems.ts';
import type { SupportedRelease, SupportTable } from './support-table.ts';
import { isByMaker, namedSystems, productOf, productsByWord, windowsSystems } from './supported-images.ts';

/** A release whose support is over. */
export interface EndedSupport {
  readonly product: string;
  /** With its codename: `12 (bookworm)`; absent for images that are retired altogether. */
  readonly release?: string;
  /** The last day of support. */
  readonly ended: string;
  /** `recent`: less than half a year ago; `partial`: there are security updates still, for what is used most. */
  readonly since: 'recent' | 'long' | 'partial';
  /** What is supported on that day, the newest last; none where that is not known. */
  readonly supported: readonly string[];
  readonly successor?: string;
  /** Whether the image is made by Docker or the makers of the product. */
  readonly byMaker: boolean;
}

/** What is without support on `today`, a day as 2027-01-31, in an image of this name and tag; the longest ended first. */
export function endedSupport(name: string, tag: string | undefined, today: string): readonly EndedSupport[] {
  const found: EndedSupport[] = [];
  for (const { table, release, byMaker } of namedReleases(name, tag ?? '')) {
    const state = stateOf(release, today, table.grace ?? 0);
    if (state === undefined || found.some((other) => other.product === table.product)) continue;
    found.push({
      product: table.product,
      ...(release.name === '*' ? {} : { release: fullName(release, table) }),
      ...state,
      supported: table.releases.filter((each) => isOpen(each, today)).map((each) => fullName(each, table)),
      ...(table.successor === undefined ? {} : { successor: table.successor }),
      byMaker,
    });
  }
  return found.toSorted((one, other) => (one.ended < other.ended ? -1 : one.ended > other.ended ? 1 : 0));
}

const fullName = ({ name, codename }: SupportedRelease, table: SupportTable): string =>
  codename === undefined || !namedSystems.includes(table) ? name : `${name} (${codename})`;

const isOpen = ({ ends, regular = ends, name }: SupportedRelease, today: string): boolean =>
  name !== '*' && (regular === undefined || regular >= today);

/** Months after which the end is no longer recent. */
const recentMonths = 12;

function stateOf(
  { ends, regular }: SupportedRelease,
  today: string,
  grace: number,
): Pick<EndedSupport, 'ended' | 'since'> | undefined {
  if (ends !== undefined && later(ends, grace) < today)
    return { ended: ends, since: later(ends, grace + recentMonths) <= today ? 'long' : 'recent' };
  return regular !== undefined && regular < today ? { ended: regular, since: 'partial' } : undefined;
}

/** The same day some months later, for comparing: it may be a 31st of June. */
function later(day: string, months: number): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const count = Number(year) * 12 + Number(month) - 1 + months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}-${date}`;
}

interface NamedRelease {
  readonly table: SupportTable;
  readonly release: SupportedRelease;
  readonly byMaker: boolean;
}

function* namedReleases(name: string, tag: string): Iterable<NamedRelease> {
  const product = productOf(name);
  if (product !== undefined) {
    const release = firstRelease(product.table, isForEditors(name) ? tag.replace(/^\d+(?:\.\d+)*-(?=\d)/, '') : tag);
    if (release !== undefined) yield { table: product.table, release, byMaker: product.maker === 'known' };
  }
  if (isDistroless(name)) yield* inDistroless(withoutMirror(name));
  else yield* nodeInName(name, false);
  yield* inWords(name, tag);
}

/** Images of development containers have a release of their own before that of the language. */
const isForEditors = (name: string): boolean => /\/devcontainers\//.test(name);

/** The release that a tag begins with; every tag of an image that is retired tells that. */
function firstRelease(table: SupportTable, tag: string): SupportedRelease | undefined {
  const [only] = table.releases;
  if (only?.name === '*') return only;
  const number = /^(?:v|centos|jdk-?|jre-?)?(\d+(?:\.\d+)*)(?=$|[-_+]|\.?[a-z]+\d+$|u\d)/.exec(tag)?.[1];
  return number === undefined ? releaseCalled(table, tag.split('-', 1)[0] ?? '') : releaseNumbered(table, number);
}

const releaseCalled = ({ releases }: SupportTable, codename: string): SupportedRelease | undefined =>
  codename === '' ? undefined : releases.find((each) => each.codename === codename);

/**
 * `3.8.1` is of 3.8; `2`, where there are newer lines than those of 2, is the one of them that is supported
 * longest. The newest line moves on with the product: what `3` means then is not known here.
 */
function releaseNumbered({ releases }: SupportTable, number: string): SupportedRelease | undefined {
  const parts = number.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const name = parts.slice(0, length).join('.');
    const exact = releases.find((each) => each.name === name);
    if (exact !== undefined) return exact;
  }
  const line = releases.filter((each) => each.name.startsWith(`${number}.`));
  if (line.some((each) => each === releases.at(-1) || each.ends === undefined)) return undefined;
  return line.toSorted((one, other) => ((one.ends ?? '') < (other.ends ?? '') ? -1 : 1)).at(-1);
}

/** `nodejs18-debian11` */
function* inDistroless(name: string): Iterable<NamedRelease> {
  const debian = /^(?!.*python3).*-debian(\d+)$/.exec(name)?.[1];
  const release = debian === undefined ? undefined : releaseNumbered(distrolessSupport, debian);
  if (release !== undefined) yield { table: distrolessSupport, release, byMaker: true };
  yield* nodeInName(name, true);
}

/** `distroless/nodejs18-debian11`, `ubi8/nodejs-16` */
function* nodeInName(name: string, byMaker: boolean): Iterable<NamedRelease> {
  const number = /\/nodejs-?(\d+)(?:-minimal|-debian\d+)?$/.exec(name)?.[1];
  const release = number === undefined ? undefined : releaseNumbered(nodeSupport, number);
  if (release !== undefined) yield { table: nodeSupport, release, byMaker };
}

/** Products with their releases in the middle of a tag: `alpine3.17`, `jdk-11`, `buster`. */
function* inWords(name: string, tag: string): Iterable<NamedRelease> {
  const byMaker = isByMaker(name);
  for (const [, word = '', number = ''] of tag.matchAll(/(?<![a-z0-9])([a-z]+)-?(\d+(?:\.\d+)*)(?![a-z0-9])/g)) {
    const table = productCalled(word, name);
    const release = table === undefined ? undefined : releaseNumbered(table, number);
    if (table !== undefined && release !== undefined) yield { table, release, byMaker };
  }
  const systems = isWindows(name, tag) ? windowsSystems : namedSystems;
  for (const word of tag.split('-'))
    for (const table of systems) {
      const release = releaseCalled(table, word);
      if (release !== undefined) yield { table, release, byMaker };
    }
}

const isWindows = (name: string, tag: string): boolean =>
  /windowsservercore|nanoserver/.test(tag) ||
  /^mcr\.microsoft\.com\/windows(?:\/(?:servercore|nanoserver|server))?$/.test(name);

/** The JDK of `maven:3.6-jdk-8` is that of openjdk; those of other vendors are named in full there. */
const productCalled = (word: string, name: string): SupportTable | undefined =>
  productsByWord.get(word === 'jdk' && /(?:^|\/)maven$/.test(name) ? 'openjdk' : word);
