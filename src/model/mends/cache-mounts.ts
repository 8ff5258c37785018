/** Cache mounts where the program looks for its cache, for the account that runs it. */
import type { Mount, Span } from '../../syntax/index.ts';
import type { Build, Step } from '../build.ts';
import { remembered } from '../remembered.ts';
import type { UnusableCache } from '../run/unusable-caches.ts';
import { numberOf } from './account-numbers.ts';
import { withoutCommands } from './commands-out.ts';
import { before, behind, type Fix } from './fix.ts';
import { isWrittenOut, writtenAt } from './written.ts';

/** What is in the cache is in no layer, so that the image stays as it is. */
export function usableCache(build: Build, cache: UnusableCache): Fix | undefined {
  const { step, mount } = mountsBySpan(build).get(cache.span) ?? {};
  if (step === undefined || mount === undefined) return undefined;
  return cache.command === undefined ? forAccount(build, step, mount, cache) : inRun(build, step, mount, cache);
}

interface PlacedMount {
  readonly step: Step;
  readonly mount: Mount;
}

/** Mounts by the place of their target. */
const mountsBySpan: (build: Build) => ReadonlyMap<Span, PlacedMount> = remembered(
  (build) => build.stages,
  ({ stages }) => {
    const found = new Map<Span, PlacedMount>();
    for (const step of stages.flatMap(({ steps }) => steps)) {
      const { instruction } = step;
      for (const mount of instruction.keyword === 'RUN' && !instruction.onbuild ? instruction.mounts : []) {
        const { span } = mount.target ?? mount;
        if (!found.has(span)) found.set(span, { step, mount });
      }
    }
    return found;
  },
);

function inRun(build: Build, step: Step, mount: Mount, cache: UnusableCache): Fix | undefined {
  const { because, command } = cache;
  if (command === undefined) return undefined;
  if (because === 'elsewhere' || because === 'moved') return atPlace(build, mount, cache);
  if (because === 'home') return forAccount(build, step, mount, cache);
  if (because === 'emptied') {
    const edits = withoutCommands(build, step, [command]);
    return edits === undefined ? undefined : { says: `Take ${command.name} away`, safety: 'safe', edits };
  }
  if (because === 'docker-clean') {
    const first = step.script?.commands[0];
    if (first === undefined || first.partial || first.guards.length > 0) return undefined;
    const [word] = first.words;
    if (word === undefined || !isWrittenOut(word, build) || first.assignments.length > 0) return undefined;
    const text = 'rm -f /etc/apt/apt.conf.d/docker-clean && ';
    return { says: 'Remove docker-clean first', safety: 'unsafe', edits: [before(word.span, text)] };
  }
  // Each call of the RUN has the flag.
  const flags = step.commands.flatMap(({ shell }) =>
    shell.words.flatMap((word, at) => {
      const previous = shell.words[at - 1];
      return previous !== undefined && /^--no-cache(?:-dir)?$/.test(word.text ?? '') ? [{ word, previous }] : [];
    }),
  );
  if (flags.length === 0 || flags.some(({ word }) => !isWrittenOut(word, build))) return undefined;
  return {
    says: `Take ${flags[0]?.word.text} away`,
    safety: 'safe',
    edits: flags.map(({ word, previous }) => ({
      at: {
        ...previous.span,
        line: previous.span.endLine,
        column: previous.span.endColumn,
        endLine: word.span.endLine,
        endColumn: word.span.endColumn,
      },
      text: '',
    })),
  };
}

/** Where the packages are kept. */
function atPlace(build: Build, { target: word }: Mount, { target, place }: UnusableCache): Fix | undefined {
  if (word === undefined || place === undefined || writtenAt(build, word.span) !== target) return undefined;
  return { says: `Mount ${place}`, safety: 'safe', edits: [{ at: word.span, text: place }] };
}

/** The home of the account, and its numbers. */
function forAccount(
  build: Build,
  step: Step,
  mount: Mount,
  { target, because, user, place }: UnusableCache,
): Fix | undefined {
  const word = mount.target;
  const written = word === undefined ? undefined : writtenAt(build, word.span);
  if (user === undefined || word === undefined || written === undefined) return undefined;
  const isTilde = because === 'tilde' && written.startsWith('~/');
  if (written !== target && !isTilde) return undefined;
  const isRoot = user.name === 'root';
  const number = isRoot ? undefined : /^\d+$/.test(user.name) ? user.name : numberOf(build, step, user.name);
  if (!isRoot && number === undefined) return undefined;
  const numbers = isRoot || mount.owned === true ? '' : `,uid=${number},gid=${number}`;
  if (because === 'owner' && mount.owned === true) return undefined;
  if (because === 'owner')
    return { says: `Mount it for ${user.name}`, safety: 'safe', edits: [behind(word.span, numbers)] };
  const home = isRoot ? '/root' : `/home/${user.name}`;
  if (!isRoot && (user.name === number || user.name !== 'node')) return undefined;
  const path = place ?? (isTilde ? written : target).replace(/^(?:~|\/root|\/home\/[^/]+)(?=\/)/, home);
  if (path === target) return undefined;
  return { says: `Mount ${path}`, safety: 'safe', edits: [{ at: word.span, text: `${path}${numbers}` }] };
}
