/** What a call of curl asks for and how it takes the answer: curl(1). */

export interface CurlCall {
  /** Plain requests for something; neither are those with a body of their own, nor HEAD. */
  readonly fetches: boolean;
  /** Ends with an error when the server answers with one. */
  readonly fails: boolean;
  /** Goes where the server says the file is now. */
  readonly follows: boolean;
  /** The status is written out, for whoever calls to look at. */
  readonly tellsStatus: boolean;
  /** Files it writes; undefined where not known. None: standard output. */
  readonly outputs: readonly (string | undefined)[];
  readonly urls: readonly string[];
}

/** Letters that take a value. */
const valued = 'oHduAexXmwbcFTKCrDEYyzPQtUh';
const valuedLong = new Set(
  (
    'output header data data-raw data-binary data-urlencode json user user-agent referer proxy request max-time write-out ' +
    'cookie cookie-jar form config continue-at range output-dir retry retry-delay retry-max-time connect-timeout cacert ' +
    'capath cert key proto proto-redir tls-max ciphers dump-header resolve limit-rate upload-file url max-redirs ' +
    'max-filesize interface dns-servers noproxy connect-to aws-sigv4 oauth2-bearer etag-save etag-compare time-cond'
  ).split(' '),
);

/** Undefined where a word that is not known may be a flag, or where a file holds more of them. */
export function curlCall(
  words: readonly (string | undefined)[],
  mayBeFlag: (index: number) => boolean,
): CurlCall | undefined {
  const flags = new Map<string, (string | undefined)[]>();
  const urls: string[] = [];
  const note = (name: string, value?: string): void => {
    const known = flags.get(name);
    if (known === undefined) flags.set(name, [value]);
    else known.push(value);
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) {
      if (mayBeFlag(at)) return undefined;
    } else if (word.startsWith('--')) {
      const [name = '', value] = word.slice(2).split('=', 2);
      if (value === undefined && valuedLong.has(name)) at += 1;
      note(name, value ?? (valuedLong.has(name) ? words[at] : undefined));
    } else if (/^-[^-]/.test(word)) {
      for (let letter = 1; letter < word.length; letter += 1) {
        const takes = valued.includes(word.charAt(letter));
        const rest = takes ? word.slice(letter + 1) : undefined;
        if (rest === '') at += 1;
        note(word.charAt(letter), takes ? rest || words[at] : undefined);
        if (takes) break;
      }
    } else if (word !== '-') urls.push(word);
  }
  const has = (...names: readonly string[]) => names.some((name) => flags.has(name));
  const values = (...names: readonly string[]) => names.flatMap((name) => flags.get(name) ?? []);
  if (has('K', 'config', 'h', 'help', 'V', 'version')) return undefined;
  const method = values('X', 'request');
  const sends = has('d', 'data', 'data-raw', 'data-binary', 'data-urlencode', 'json', 'F', 'form', 'T', 'upload-file');
  const named = values('o', 'output');
  const byUrl = has('O', 'remote-name', 'remote-name-all') ? urls.map(lastPart) : [];
  return {
    fetches: !sends && !has('I', 'head') && method.every((each) => each === 'GET'),
    fails: has('f', 'fail', 'fail-with-body', 'fail-early'),
    follows: has('L', 'location', 'location-trusted'),
    tellsStatus: has('w', 'write-out', 'i', 'include', 'show-headers', 'D', 'dump-header'),
    outputs: [...named, ...byUrl],
    urls: [...urls, ...values('url').filter((value) => value !== undefined)],
  };
}

const lastPart = (url: string): string => url.replace(/[?#].*/s, '').replace(/^.*\//, '');

/** Pages of GitHub and SourceForge that only say where the file is. */
const redirecting =
  /^https?:\/\/(?:www\.)?(?:github\.com\/[^/]+\/[^/]+\/(?:releases\/(?:latest\/)?download|archive|raw|tarball|zipball)\/|downloads?\.sourceforge\.net\/|sourceforge\.net\/.*\/download)/;

export const redirects = (url: string): boolean => redirecting.test(url);

/** A server of the build itself, which is asked to see whether it is up. */
export const isLocal = (url: string): boolean =>
  /^(?:file:|(?:https?:\/\/)?(?:localhost|127\.|\[::1\]|0\.0\.0\.0))/i.test(url);

/** Programs that take any file as it is, and those that only look whether it is there. */
const indifferent = new Set(
  (
    'chmod chown chgrp mv cp ln install mkdir touch rm ls echo printf cat tee sed export test [ stat file head tail mktemp ' +
    'setcap readlink curl wget true :'
  ).split(' '),
);

/** Whether a program that gets a file by name stops when it is something else than it should be. */
export const refusesOther = (name: string): boolean => !indifferent.has(name);

const managers = new Set('apt apt-get apk yum dnf microdnf tdnf zypper'.split(' '));

/** Lists and keys that the package manager reads the next time it is called. */
export const readsSource = (name: string, path: string): boolean =>
  managers.has(name) && /^\/etc\/(?:apt|yum\.repos\.d|apk|pki)\/|\/keyrings\//.test(path);
