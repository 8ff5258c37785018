/** Programs and archives that come from outside, and how little stands between their server and the image. */
import {
  isChecksumList,
  isPackageSource,
  isParcelOrProgram,
  isPlainData,
  isTrustAnchor,
  isWithin,
  movingPart,
  namesContent,
  namesVersion,
  runsPrograms,
  skipsCertificate,
} from '../../knowledge/index.ts';
import type { Build, Located } from '../build.ts';
import { unknownText } from '../state/unknown-text.ts';
import { checksSignature, fileOf, isVerified } from './fetch-checks.ts';
import { type Fetch, fetchesIn, pipedInto } from './fetches.ts';
import { runnerOf } from './piped-installers.ts';

export interface UnverifiedDownload {
  readonly fetch: Fetch;
  /** The command that runs, installs or unpacks it; absent where only its name tells what it is. */
  readonly used?: Located & { readonly name: string };
  /** It is a script that runs, and its address names no release of it. */
  readonly anyDay: boolean;
}

/** Programs, packages and archives of a release, over https, whose content nothing looks at. */
export function* unverifiedDownloads(build: Build): Iterable<UnverifiedDownload> {
  for (const fetch of fetchesIn(build)) {
    const { address } = fetch;
    if (fetch.by === 'git' || address.scheme !== 'https' || !isCode(fetch) || isHarmless(fetch)) continue;
    if (movingPart(address) !== undefined || isVerified(fetch, build)) continue;
    const used = userOf(fetch);
    if (used === undefined && !isParcelOrProgram(address)) continue;
    const anyDay = runsPrograms(used?.name) && !namesVersion(address);
    yield { fetch, anyDay, ...(used === undefined ? {} : { used }) };
  }
}

export interface UnprotectedDownload extends Located {
  readonly fetch: Fetch;
  /** `clear`: http or ftp; `certificate`: whoever answers is taken for the server. */
  readonly by: 'clear' | 'certificate';
}

/** Programs, archives and keys that anybody on the way can replace, and that nothing checks. */
export function* unprotectedDownloads(build: Build): Iterable<UnprotectedDownload> {
  for (const fetch of fetchesIn(build)) {
    const { address, command, by } = fetch;
    if (address.host.includes(unknownText) || isWithin(address) || namesContent(address)) continue;
    const flag = command?.shell.effective.find(({ text }) => skipsCertificate(by, text));
    const isClear = /^(?:https?|ftp|git)$/.test(address.scheme) && address.scheme !== 'https';
    if ((flag === undefined && !isClear) || runnerOf(fetch) !== undefined) continue;
    const isAnchor = isTrustAnchor(address);
    if (by !== 'git' && !isAnchor && !isCode(fetch)) continue;
    if (by !== 'git' && userOf(fetch) === undefined && !isAnchor && !isParcelOrProgram(address)) continue;
    if (isVerified(fetch, build)) continue;
    yield isClear
      ? { fetch, by: 'clear', span: fetch.span }
      : { fetch, by: 'certificate', span: flag?.span ?? fetch.span };
  }
}

const isHarmless = (fetch: Fetch): boolean =>
  fetch.address.host.includes(unknownText) ||
  isWithin(fetch.address) ||
  namesContent(fetch.address) ||
  isTrustAnchor(fetch.address) ||
  isPackageSource(fetch.address) ||
  runnerOf(fetch) !== undefined;

const isCode = ({ address }: Fetch): boolean => !isPlainData(address) && !isChecksumList(address);

const openers =
  /^(?:tar|bsdtar|unzip|7z[a-z]?|dpkg|apt|apt-get|rpm|yum|dnf|apk|gunzip|gzip|xz|unxz|cpio|installer|pip\d?|npm|gem|java|python[\d.]*|php|perl|node|(?:ba|da|a|z)?sh|zstd|bzip2|bunzip2|chmod|install|setup)$/;

function userOf(fetch: Fetch): User | undefined {
  const piped = pipedInto(fetch);
  if (piped?.name !== undefined)
    return openers.test(piped.name) ? { span: piped.shell.span, name: piped.name } : undefined;
  const file = fileOf(fetch);
  if (file === undefined || (fetch.command !== undefined && pipesOn(fetch))) return undefined;
  const { commands, command, step } = fetch;
  const here = command === undefined ? [] : commands.slice(commands.indexOf(command) + 1);
  const steps = step.stage.steps;
  const next = steps.indexOf(step) + 1;
  const later = steps.slice(next, next + reach).flatMap((each) => each.commands);
  const user =
    here.find(({ name, words }) => uses(name, words, file)) ??
    later.find(({ name, arguments: words }) => uses(name, words, file));
  return user?.name === undefined ? undefined : { span: user.shell.span, name: user.name };
}

type User = Located & { readonly name: string };

/** What uses a file stands near; a bound keeps long files linear. */
const reach = 12;

/** What is fetched goes through a pipe to something else. */
const pipesOn = ({ output, command }: Fetch): boolean => output === '-' && command?.shell.piped !== undefined;

const uses = (name: string | undefined, words: readonly (string | undefined)[], file: string): boolean =>
  name === file ||
  (name !== undefined &&
    openers.test(name) &&
    words.some((word) => word !== undefined && isFile(word, file)) &&
    opens(name, words));

const isFile = (word: string, file: string): boolean => word === file || word.endsWith(`/${file}`);

/** chmod opens nothing, but for those that it makes a program of. */
const opens = (name: string, words: readonly (string | undefined)[]): boolean =>
  name !== 'chmod' || words.some((word) => /^(?:[augo]*\+[rwX]*x|0?[0-7]*[1357][0-7]{0,2}|a\+rx)$/.test(word ?? ''));

export interface KindredChecksum extends Located {
  readonly fetch: Fetch;
  readonly artefact: Fetch;
}

/** Checksums that come with what they are of, unsigned: whoever changes one changes both. */
export function* kindredChecksums(build: Build): Iterable<KindredChecksum> {
  const fetches = fetchesIn(build);
  for (const fetch of fetches) {
    if (!isChecksumList(fetch.address) || fetch.address.host.includes(unknownText)) continue;
    const artefact = fetches.find(
      ({ step, address }) => step === fetch.step && address.host === fetch.address.host && isParcelOrProgram(address),
    );
    if (artefact !== undefined && !checksSignature(fetch)) yield { span: fetch.span, fetch, artefact };
  }
}
