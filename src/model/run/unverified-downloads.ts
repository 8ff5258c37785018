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
import type { ShellWord } from '../../syntax/index.ts';
import type { Build, Command, Located, Step } from '../build.ts';
import { numberOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { unknownText } from '../state/unknown-text.ts';
import { checksSignature, fileOf, isVerified, placeOf } from './fetch-checks.ts';
import { type Fetch, fetchesIn, pipedInto, type ReadCommand } from './fetches.ts';
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
    const flag = command && flagIn({ command, by });
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

/** The word of a command that keeps it from looking at certificates. */
const flagIn: (call: { readonly command: ReadCommand; readonly by: Fetch['by'] }) => ShellWord | undefined = remembered(
  ({ command }) => command,
  ({ command: { shell }, by }) => shell.effective.find(({ text }) => skipsCertificate(by, text)),
);

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
  const from = command === undefined ? commands.length : placeOf(commands, command) + 1;
  const here = usersIn(commands)
    .get(file)
    ?.find((user) => user.place >= from);
  if (here !== undefined) return here;
  const next = numberOf(step) + 1;
  for (const later of step.stage.steps.slice(next, next + reach)) {
    const [first] = usersIn(later.commands).get(file) ?? [];
    if (first !== undefined) return first;
  }
  return undefined;
}

interface PlacedUser extends User {
  /** Among the commands of its RUN. */
  readonly place: number;
}

/** What may use a file: a command with its words. */
type Candidate = ReadCommand | Command;

/** The commands that use a file, by its name, in their order. */
const usersIn: (commands: readonly Candidate[]) => ReadonlyMap<string, readonly PlacedUser[]> = remembered(
  (commands) => commands,
  (commands) => {
    const users = new Map<string, PlacedUser[]>();
    for (const [place, command] of commands.entries()) {
      const { name, shell } = command;
      if (name === undefined) continue;
      for (const file of new Set(usedBy(name, 'words' in command ? command.words : command.arguments))) {
        const user = { name, span: shell.span, place };
        const known = users.get(file);
        if (known === undefined) users.set(file, [user]);
        else known.push(user);
      }
    }
    return users;
  },
);

/** The names of the files that a command runs, installs or unpacks. */
function* usedBy(name: string, words: readonly (string | undefined)[]): Iterable<string> {
  yield name;
  if (!openers.test(name) || !opens(name, words)) return;
  for (const word of words) if (word !== undefined) yield word.slice(word.lastIndexOf('/') + 1);
}

type User = Located & { readonly name: string };

/** What uses a file stands near; a bound keeps long files linear. */
const reach = 12;

/** What is fetched goes through a pipe to something else. */
const pipesOn = ({ output, command }: Fetch): boolean => output === '-' && command?.shell.piped !== undefined;

/** chmod opens nothing, but for those that it makes a program of. */
const opens = (name: string, words: readonly (string | undefined)[]): boolean =>
  name !== 'chmod' || words.some((word) => /^(?:[augo]*\+[rwX]*x|0?[0-7]*[1357][0-7]{0,2}|a\+rx)$/.test(word ?? ''));

export interface KindredChecksum extends Located {
  readonly fetch: Fetch;
  readonly artefact: Fetch;
}

/** Checksums that come with what they are of, unsigned: whoever changes one changes both. */
export function* kindredChecksums(build: Build): Iterable<KindredChecksum> {
  const artefacts = firstArtefacts(build);
  for (const fetch of fetchesIn(build)) {
    if (!isChecksumList(fetch.address) || fetch.address.host.includes(unknownText)) continue;
    const artefact = artefacts.get(fetch.step)?.get(fetch.address.host);
    if (artefact !== undefined && !checksSignature(fetch)) yield { span: fetch.span, fetch, artefact };
  }
}

/** The first parcel or program that each instruction fetches from each server. */
const firstArtefacts: (build: Build) => ReadonlyMap<Step, ReadonlyMap<string, Fetch>> = remembered(
  (build) => build.stages,
  (build) => {
    const found = new Map<Step, Map<string, Fetch>>();
    for (const fetch of fetchesIn(build)) {
      if (!isParcelOrProgram(fetch.address)) continue;
      const known = found.get(fetch.step) ?? new Map<string, Fetch>();
      if (known.size === 0) found.set(fetch.step, known);
      if (!known.has(fetch.address.host)) known.set(fetch.address.host, fetch);
    }
    return found;
  },
);
