/**
 * Installs of system packages by an index of apt that another RUN has fetched, or that is not there. apk is no matter here:
 * it fetches an index anew that is missing, or older than four hours (https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/src/context.c).
 */
import { isOfficialImage } from '../../knowledge/index.ts';
import type { Build, Command, Located, Stage, Step } from '../build.ts';
import { chainOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { systemPackageCallOf } from '../run/command-calls.ts';
import { systemPackages } from './system-packages.ts';

export interface StaleIndex extends Located {
  readonly command: Command;
  /** The program that installs. */
  readonly program: string;
  /**
   * `earlier`: it is as old as the layer of another RUN; `removed`: that RUN, or one before, has removed it; `never`:
   * official images have none, and nothing fetches it.
   */
  readonly index: 'earlier' | 'removed' | 'never';
  /** What fetched or removed it. */
  readonly because?: Command;
}

/** What stands in the place of the index: a command, nothing from the start, or what nobody can tell. */
type Index =
  | { readonly state: 'fetched' | 'removed'; readonly by: Command }
  | { readonly state: 'never' }
  | { readonly state: 'unknown' };

/** Of each stage the first of its RUNs, what is written alike in several being mended in one go. */
export function* staleIndexes(build: Build): Iterable<StaleIndex> {
  for (const stage of build.stages) {
    if (!stage.reachable) continue;
    let index = before(stage);
    for (const step of stage.steps)
      for (const command of step.commands) {
        const found = staleAt(command, index);
        if (found !== undefined) yield found;
        index = found === undefined ? after(command, step, index) : { state: 'unknown' };
      }
  }
}

function staleAt(command: Command, index: Index): StaleIndex | undefined {
  const call = systemPackageCallOf(command);
  if (call?.operation !== 'install' || call.otherRoot || call.open || command.runs !== 'always') return undefined;
  if (call.packages.length === 0 || call.packages.every(({ written }) => /^[./]|\.(?:deb|apk)$/.test(written)))
    return undefined;
  if (call.manager !== 'apt') return undefined;
  const common = { span: command.span, command, program: call.program };
  if (index.state === 'unknown') return undefined;
  if (index.state === 'fetched')
    return index.by.step === command.step ? undefined : { ...common, index: 'earlier', because: index.by };
  // What is there already is not looked for.
  if (call.packages.every(({ name }) => mayBeThere(name, command))) return undefined;
  return index.state === 'removed' ? { ...common, index: 'removed', because: index.by } : { ...common, index: 'never' };
}

const before: (stage: Stage) => Index = remembered(
  (stage: Stage) => stage,
  (stage) => {
    const { base } = stage;
    if (base.kind === 'stage') {
      let index = before(base.stage);
      for (const step of base.stage.steps) for (const command of step.commands) index = after(command, step, index);
      return index;
    }
    return base.kind === 'image' &&
      /^(?:debian|ubuntu|node|python)$/.test(base.reference.familiar) &&
      isOfficialImage(base.reference.familiar) &&
      base.openTag !== true
      ? { state: 'never' }
      : { state: 'unknown' };
  },
);

function after(command: Command, { instruction }: Step, index: Index): Index {
  const { name, arguments: words, runs } = command;
  const call = systemPackageCallOf(command);
  const isMounted =
    instruction.keyword === 'RUN' &&
    instruction.mounts.some(({ target }) => target?.text === undefined || /^\/var\/lib\/apt/.test(target.text));
  if (isMounted) return { state: 'unknown' };
  if (call?.operation === 'update-index' && call.manager === 'apt')
    return runs === 'always' ? { state: 'fetched', by: command } : { state: 'unknown' };
  if (call !== undefined) return index;
  if (name === 'rm' && words.some((word) => word?.startsWith('/var/lib/apt')))
    return runs === 'always' ? { state: 'removed', by: command } : { state: 'unknown' };
  return mayFetch(command) ? { state: 'unknown' } : index;
}

/** What images for building software bring (https://hub.docker.com/_/buildpack-deps), and what an earlier command has installed. */
function mayBeThere(name: string, command: Command): boolean {
  const { stage } = command.step;
  const base = chainOf(stage)[0]?.base;
  const isBare = base?.kind === 'image' && /^(?:debian|ubuntu)$/.test(base.reference.familiar);
  return (
    (!isBare && brought.test(name)) ||
    systemPackages(stage).some((held) => held.name === name && held.installedBy !== command)
  );
}

const brought =
  /^(?:git|curl|wget|ca-certificates|gnupg|openssh-client|procps|python3|make|gcc|g\+\+|unzip|xz-utils|bzip2|file|patch|tzdata|netbase|mercurial|subversion|openssl|lib(?:ssl|xml2|pq|curl4|ffi|sqlite3|jpeg|png|webp|yaml|zlib)[\w.-]*)$/;

/** Scripts and tools that may call apt themselves. */
const mayFetch = ({ name, arguments: words }: Command): boolean =>
  name === undefined ||
  name.includes('/') ||
  /^(?:ba|da|z|a)?sh$|^(?:source|\.|eval|make|python[\d.]*|perl|add-apt-repository|apt-fast|gdebi|extrepo|ansible.*|su|chroot|xargs)$|\.(?:sh|py)$/.test(
    name,
  ) ||
  name.startsWith('install') ||
  words.some((word) =>
    word === undefined ? /^(?:p?np[mx]|yarn|bunx?|deno|uvx?|pipx)$/.test(name) : /playwright|install-deps/.test(word),
  );
