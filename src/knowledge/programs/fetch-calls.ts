/** Calls that bring something in from outside: curl(1), wget(1), busybox wget, git-clone(1). */
import { curlCall } from './curl-call.ts';

export interface FetchCall {
  readonly by: 'curl' | 'wget' | 'git';
  /** As the words have them. */
  readonly urls: readonly string[];
  /** Where it is stored, as written: `-` for standard output; several where each has its own. */
  readonly outputs: readonly string[];
  /** git: the branch or tag that is asked for. */
  readonly revision?: string;
}

/** A command by its name and its words, with U+FFFC for what is not known in them; undefined where it fetches nothing. */
export function fetchCall(name: string, words: readonly string[]): FetchCall | undefined {
  switch (name) {
    case 'curl':
      return curlFetch(words);
    case 'wget':
      return wgetFetch(words);
    case 'git':
      return gitFetch(words);
    default:
      return undefined;
  }
}

export const mayFetch = (name: string | undefined): boolean => name === 'curl' || name === 'wget' || name === 'git';

function curlFetch(words: readonly string[]): FetchCall | undefined {
  const call = curlCall(words, () => false);
  if (call === undefined || !call.fetches) return undefined;
  const outputs = call.outputs.map((output) => output ?? '\uFFFC');
  return { by: 'curl', urls: call.urls, outputs: outputs.length === 0 ? ['-'] : outputs };
}

const wgetValued = 'OPoaitTUewQBlADIXR';
const wgetLong =
  /^--(?:output-document|directory-prefix|output-file|append-output|input-file|tries|timeout|wait|header|user-agent|user|password|ca-certificate|certificate|private-key|execute|base|quota|method|body-data|body-file|referer|http-user|http-password|secure-protocol|connect-timeout|read-timeout|dns-timeout|waitretry|post-data|post-file|progress|accept|reject|level)$/;

function wgetFetch(words: readonly string[]): FetchCall | undefined {
  const urls: string[] = [];
  const values = new Map<string, string>();
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (/^--(?:spider|post-data|post-file|method|body|mirror|recursive|version|help)/.test(word)) return undefined;
    if (word.startsWith('--')) {
      const [name = '', value] = word.split(/=(.*)/s);
      values.set(name, value ?? (wgetLong.test(name) ? (words[++at] ?? '') : ''));
    } else if (/^-[^-]/.test(word) && !/^-n[cvd]$/.test(word)) {
      for (let letter = 1; letter < word.length; letter += 1) {
        const flag = word.charAt(letter);
        if (flag === 'n') letter += 1;
        else if (flag === 'r' || flag === 'm' || flag === 'i') return undefined;
        else if (wgetValued.includes(flag)) {
          const rest = word.slice(letter + 1);
          values.set(`-${flag}`, rest === '' ? (words[++at] ?? '') : rest);
          break;
        }
      }
    } else urls.push(word);
  }
  const output = values.get('-O') ?? values.get('--output-document');
  const folder = values.get('-P') ?? values.get('--directory-prefix');
  const named = urls.map((url) => url.replace(/[?#].*/s, '').replace(/^.*\//, ''));
  const outputs = named.map((file) => (folder === undefined ? file : `${folder.replace(/\/$/, '')}/${file}`));
  return { by: 'wget', urls, outputs: output === undefined ? outputs : [output] };
}

const gitGlobal = /^(?:-C|-c|--git-dir|--work-tree|--namespace)$/;
const cloneValued =
  /^(?:-b|-o|-u|-c|-j|--branch|--origin|--upload-pack|--config|--jobs|--depth|--reference|--reference-if-able|--template|--separate-git-dir|--shallow-since|--shallow-exclude|--filter|--revision|--server-option|--bundle-uri)$/;

function gitFetch(words: readonly string[]): FetchCall | undefined {
  let at = 0;
  while (at < words.length && (words[at] ?? '').startsWith('-')) at += gitGlobal.test(words[at] ?? '') ? 2 : 1;
  if (words[at] !== 'clone') return undefined;
  const operands: string[] = [];
  let revision: string | undefined;
  for (at += 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const given = /^(?:--branch=|--revision=|-b(?=.))(.*)$/s.exec(word)?.[1];
    if (given !== undefined) revision = given;
    else if (cloneValued.test(word)) {
      at += 1;
      if (/^(?:-b|--branch|--revision)$/.test(word)) revision = words[at];
    } else if (!word.startsWith('-')) operands.push(word);
  }
  const [source, folder] = operands;
  if (source === undefined) return undefined;
  const named =
    folder ??
    source
      .replace(/(?<!\/)\/+$/, '')
      .replace(/\.git$/, '')
      .replace(/^.*[/:]/, '');
  return { by: 'git', urls: [source], outputs: [named], ...(revision === undefined ? {} : { revision }) };
}

/** Whether a word tells curl or wget to believe whoever answers. */
export const skipsCertificate = (by: string, word: string | undefined): boolean =>
  word !== undefined &&
  (by === 'curl'
    ? word === '--insecure' || /^-[fsSLOJkg#vN0-9]*k/.test(word)
    : by === 'wget' && word === '--no-check-certificate');
