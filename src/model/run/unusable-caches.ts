/** Cache mounts that the commands of their RUN cannot use, or throw away. */
import { changesAccount, isOfficialImage, spoilsCacheAt, turnsCacheOff, usesCacheAt } from '../../knowledge/index.ts';
import type { Build, Command, Located, Mount, Step } from '../build.ts';
import { relativeTo, resolve } from '../files/path.ts';
import { numberOf } from '../mends/account-numbers.ts';
import { perStageAlone } from '../per-stage.ts';
import { chainOf, wholeText, wordsOf } from '../query.ts';
import { textAt } from '../state/word-values.ts';
import { asHome, isPlaced, misplaced } from './misplaced-caches.ts';

export interface UnusableCache extends Located {
  readonly target: string;
  /**
   * `home`: the program that runs looks in another home; `owner`: it belongs to another account than the user who runs;
   * `emptied`, `off`: a command of the RUN empties it or does without; `docker-clean`: the image empties it; `tilde`:
   * BuildKit has no home and mounts a folder of that name below the working directory; `elsewhere`: the package manager
   * keeps its downloads in `place`; `moved`: it does so because it cannot link files out of the mount.
   */
  readonly because: 'tilde' | 'home' | 'owner' | 'emptied' | 'off' | 'docker-clean' | 'elsewhere' | 'moved';
  /** Who runs the command, where that is the reason. */
  readonly user?: Located & { readonly name: string };
  readonly command?: Command;
  /** The number of the account that it belongs to, where that is the reason. */
  readonly owner?: string;
  /** Where the downloads are kept, where that is the reason. */
  readonly place?: string;
}

export const unusableCaches = perStageAlone<UnusableCache>(function* ({ steps }, build) {
  for (const step of steps) {
    const { instruction } = step;
    if (instruction.keyword !== 'RUN' || !instruction.mounts.some(isCache) || mayChangeUser(step)) continue;
    for (const mount of instruction.mounts) {
      const found = isCache(mount) ? faultOf(mount, step, build) : undefined;
      if (found !== undefined) yield found;
    }
  }
});

const isCache = ({ type, readonly: fixed, from }: Mount): boolean => type === 'cache' && !fixed && from === undefined;

/** Something of the RUN may run as somebody else. */
export const mayChangeUser = ({ commands, script }: Step): boolean =>
  commands.length === 0 ||
  [...(script?.commands ?? []), ...commands.map(({ shell }) => shell)].some((shell) =>
    shell.words.some(({ text }) => changesAccount(text)),
  );

function faultOf(mount: Mount, step: Step, build: Build): UnusableCache | undefined {
  const written = mount.target === undefined ? undefined : textAt(mount.target, step, build);
  if (written === undefined) return undefined;
  const target = resolve(step.before.workdir ?? '/', written).replace(/(?<=.)\/$/, '');
  const common = { span: mount.target?.span ?? mount.span, target };
  const { user } = step.before;
  const name = user.name?.split(':', 1)[0];
  if (/^~(?:$|\/)/.test(written)) {
    const who = user.identity === 'root' ? 'root' : (name ?? '');
    const meant = `${who === 'root' ? '/root' : `/home/${who}`}${written.slice(1)}`;
    const { place } = misplaced(meant, step, build) ?? {};
    return {
      ...common,
      because: 'tilde',
      user: { span: user.span, name: who },
      ...(place === undefined ? {} : { place }),
    };
  }
  if (user.identity === 'non-root' && name !== undefined) {
    const who = { user: { span: user.span, name } };
    if (relativeTo('/root', target) !== undefined) return { ...common, because: 'home', ...who };
    const number = /^\d+$/.test(name) ? name : numberOf(build, step, name);
    const owner = mount.ownedBy;
    if (mount.owned !== true || (owner !== undefined && number !== undefined && owner !== number))
      return { ...common, because: 'owner', ...who, ...(owner === undefined ? {} : { owner }) };
    return misplacedIn(common, step, build) ?? spoiled(common, step);
  }
  const home = /^\/home\/[^/]+/.exec(target)?.[0];
  if (user.identity === 'root' && home !== undefined && !isPlaced(target, step)) {
    const command = userOf(`~${target.slice(home.length)}`, step);
    if (command !== undefined) return { ...common, because: 'home', command, user: { span: user.span, name: 'root' } };
  }
  return misplacedIn(common, step, build) ?? spoiled(common, step);
}

const userOf = (path: string, { commands }: Step): Command | undefined =>
  commands.find((command) => usesCacheAt(path, wordsOf(command)));

function misplacedIn(
  common: Pick<UnusableCache, 'span' | 'target'>,
  step: Step,
  build: Build,
): UnusableCache | undefined {
  const found = misplaced(common.target, step, build);
  return found === undefined ? undefined : { ...common, ...found };
}

function spoiled(common: Pick<UnusableCache, 'span' | 'target'>, step: Step): UnusableCache | undefined {
  const path = asHome(common.target);
  for (const command of step.commands) {
    const does = spoilsCacheAt(path, wordsOf(command).map(fromHome), command.invocation);
    if (does === 'empties' && command.runs === 'always') return { ...common, because: 'emptied', command };
  }
  const users = step.commands.filter((command) => usesCacheAt(path, wordsOf(command)));
  const without = users.filter(
    (command) => spoilsCacheAt(path, wordsOf(command), command.invocation) === 'does without',
  );
  const [first] = users;
  if (first === undefined) return undefined;
  if (without.length === users.length) return { ...common, because: 'off', command: first };
  const variable = [...step.before.env].find(([name, { text }]) => turnsCacheOff(path, name, text ?? ''));
  if (variable !== undefined) return { ...common, because: 'off', command: first };
  return /^\/var\/cache\/apt(?:\/archives)?$/.test(path) && hasDockerClean(step)
    ? { ...common, because: 'docker-clean', command: first }
    : undefined;
}

const fromHome = (word: string | undefined): string | undefined =>
  word?.replace(/^(?:\/root|\/home\/[^/]+|\$HOME)(?=\/)/, '~');

/** Nothing in the chain touches the settings of apt, with which the images of Debian and Ubuntu come. */
function hasDockerClean(step: Step): boolean {
  const chain = chainOf(step.stage);
  const base = chain[0]?.base;
  if (base?.kind !== 'image' || !isOfficialImage(base.reference.familiar)) return false;
  if (step.after.rootfs.under('/etc/apt/apt.conf.d').length > 0) return false;
  return !chain.some(({ steps }) =>
    steps.some(
      ({ instruction }) =>
        instruction.keyword === 'RUN' && /docker-clean|apt\.conf|Keep-Downloaded/.test(wholeText(instruction)),
    ),
  );
}
