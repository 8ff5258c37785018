/** Files that curl stores whatever the server answers. */
import {
  type CurlCall,
  checksContent,
  curlCall,
  isLocal,
  readsSource,
  redirects,
  refusesOther,
} from '../../knowledge/index.ts';
import type { Build, Located, Step } from '../build.ts';
import { baseName } from '../files/path.ts';
import { checkElsewhere } from './fetch-checks.ts';
import { perRun, type WrittenCommand } from './written-runs.ts';

export interface UncheckedDownload extends Located {
  readonly command: WrittenCommand;
  /** The file as written; absent where not known. */
  readonly file?: string;
  /** `error-page`: what the server says of an error is stored; `redirect`: what it says of another place is. */
  readonly stores: 'error-page' | 'redirect';
  /** `redirect`: the page is known to be one. */
  readonly certain: boolean;
  /** What stops at a file that is no such thing: a command later in the same RUN, or the check of a sum in another one. */
  readonly noticedBy?: Located & { readonly name: string };
}

export function* uncheckedDownloads(build: Build): Iterable<UncheckedDownload> {
  for (const { step, ...found } of storedAnyway(build)) {
    const { file, noticedBy } = found;
    const check =
      file === undefined || noticedBy !== undefined ? undefined : checkElsewhere(baseName(file), step, build);
    const name = check?.commands.find((command) => checksContent(command.name, undefined))?.name;
    yield check === undefined
      ? found
      : { ...found, noticedBy: { span: check.span, name: name ?? 'the check of its sum' } };
  }
}

const storedAnyway = perRun<UncheckedDownload & { readonly step: Step }>(function* ({ commands, step }) {
  if (!commands.some(({ name }) => name === 'curl') || configuresCurl(step)) return;
  for (const [at, command] of commands.entries()) {
    if (command.name !== 'curl') continue;
    const words = command.shell.effective.slice(1);
    const call = curlCall(command.arguments, (index) => !isPlainlyNoFlag(words[index]?.raw));
    const outputs = call && outputsOf(call, command);
    if (call === undefined || outputs === undefined || !call.fetches || call.tellsStatus) continue;
    if (call.urls.some(isLocal) || (call.fails && call.follows)) continue;
    const certain = call.urls.some(redirects) && !call.follows;
    const file = outputs.find((output) => output !== undefined);
    const noticedBy = commands.slice(at + 1, at + 1 + reach).find((later) => notices(later, outputs));
    yield {
      step,
      span: command.span,
      command,
      stores: certain || call.fails ? 'redirect' : 'error-page',
      certain,
      ...(file === undefined ? {} : { file }),
      ...(noticedBy?.name === undefined ? {} : { noticedBy: { span: noticedBy.span, name: noticedBy.name } }),
    };
  }
});

/** What uses a file stands near; a bound keeps long scripts linear. */
const reach = 200;

/** `fail` may stand in it; what a RUN only may write into the place is not taken for it. */
const configuresCurl = ({ before, after }: Step): boolean =>
  ['/root/.curlrc', '/etc/curlrc'].some(
    (path) => before.rootfs.stat(path).change !== undefined || after.rootfs.stat(path).presence === 'present',
  );

/** A word with a variable in it that is an address or a path all the same. */
const isPlainlyNoFlag = (raw: string | undefined): boolean => raw !== undefined && /[:/.]/.test(raw);

/** The files that are written; undefined where nothing is stored, or a pipe takes it. */
function outputsOf({ outputs }: CurlCall, { shell }: WrittenCommand): readonly (string | undefined)[] | undefined {
  const redirected = shell.redirects.filter(({ operator, fd }) => /^>[>|]?$/.test(operator) && (fd ?? 1) === 1);
  const files = [...outputs, ...redirected.map(({ target }) => target.text ?? target.raw)];
  const stored = files.filter((file) => file !== '-' && !(file ?? '').startsWith('/dev/'));
  return stored.length === 0 ? undefined : stored;
}

function notices(later: WrittenCommand, outputs: readonly (string | undefined)[]): boolean {
  const { name, shell } = later;
  if (name === undefined) return false;
  if (/sum$/.test(name)) return true;
  const files = outputs.filter((output) => output !== undefined);
  if (files.some((file) => baseName(file) === name || readsSource(name, file))) return true;
  if (!refusesOther(name)) return false;
  const redirected = shell.redirects.map(({ target }) => target.text ?? target.raw);
  const named = shell.effective.slice(1).map(({ raw, text }, at) => later.arguments[at] ?? text ?? unquoted(raw));
  return [...named, ...redirected].some(
    (word) => word.includes('*') || files.some((file) => word.endsWith(baseName(unquoted(file)))),
  );
}

const unquoted = (raw: string): string => raw.replace(/^["']|["']$/g, '');
