/** The image that a ship target makes, in the words of the OCI image specification. */
import { type BaseImageConfig, baseImageConfig, baseImageSize, type SizeClass } from '../../knowledge/index.ts';
import type { Located } from '../../syntax/index.ts';
import type { Build, RootfsEntry, Stage, StartCommand, User, Value } from '../build.ts';
import { chainOf, type ShippedTree, shippedTrees } from '../query.ts';
import { isOpenBase } from '../state/image-state.ts';
import { type DiscardedTree, discardedTrees } from './discarded-trees.ts';
import { cachesIn, type ShippedCache } from './package-caches.ts';
import { type PlacedSecret, secretPlaces } from './secret-places.ts';

export interface ShippedImage {
  readonly target: Stage;
  /** The base at the root of the chain, as it is written; `scratch` for none. */
  readonly base: string;
  /** Absent when the base is not known. */
  readonly baseSize?: SizeClass;
  readonly user: User;
  /** Absent when not known. */
  readonly workingDir?: string;
  readonly env: ReadonlyMap<string, Value>;
  readonly entrypoint: ImageCommand;
  readonly cmd: ImageCommand;
  /** `80/tcp`, sorted. */
  readonly exposedPorts: readonly string[];
  readonly labels: ReadonlyMap<string, Value>;
  readonly volumes: readonly string[];
  readonly stopSignal?: string;
  readonly healthcheck?: readonly string[] | 'none';
  /** Instructions that run in the builds that start from this image, as they are written. */
  readonly onbuild: readonly string[];
  readonly entries: readonly RootfsEntry[];
  readonly trees: readonly ShippedTree[];
  /** Trees whose development packages a later layer takes out. */
  readonly discardedTrees: readonly DiscardedTree[];
  readonly caches: readonly ShippedCache[];
  readonly secretPlaces: readonly PlacedSecret[];
  readonly unknowns: readonly Unknown[];
}

/** ENTRYPOINT or CMD as the image config has it. */
export interface ImageCommand {
  /** `none`: the config has none; `unknown`: the base is not known and nothing here sets it. */
  readonly setBy: 'instruction' | 'base' | 'none' | 'unknown';
  readonly words: readonly string[];
  readonly at?: Located;
}

/** Something that cannot be told of the image, and why. */
export interface Unknown {
  readonly what: string;
  readonly why: string;
  readonly at?: Located;
}

/** What `target` ships. */
export function shippedImage(build: Build, target: Stage): ShippedImage {
  const { result } = target;
  const root = chainOf(target)[0] ?? target;
  const config = configOf(root);
  const entrypoint = commandOf(result.entrypoint, config?.entrypoint, root);
  const own = result.entrypoint !== undefined;
  const cmd = own && result.cmd === undefined ? absent : commandOf(result.cmd, config?.cmd, root);
  const baseSize = sizeOf(root);
  const only = { ...build, targets: [target] };
  const healthcheck = healthcheckOf(target);
  const stopSignal = result.stopSignal === undefined ? config?.stopSignal : result.stopSignal.text;
  return {
    target,
    base: root.base.kind === 'scratch' ? 'scratch' : root.base.kind === 'stage' ? root.base.stage.id : root.base.text,
    ...(baseSize === undefined ? {} : { baseSize }),
    user: result.user,
    ...(result.workdir === undefined ? {} : { workingDir: result.workdir }),
    env: result.env,
    entrypoint,
    cmd,
    exposedPorts: [...new Set([...(config?.exposedPorts ?? []), ...result.exposedPorts.keys()])].sort(),
    labels: result.labels,
    volumes: [...new Set([...(config?.volumes ?? []), ...result.volumes.keys()])].sort(),
    ...(stopSignal === undefined ? {} : { stopSignal }),
    ...(healthcheck === undefined ? {} : { healthcheck }),
    onbuild: result.onbuild.map(({ logical }) => logical.text.replace(/^\s*ONBUILD\s+/i, '').trim()),
    entries: [...result.rootfs.entries('/')],
    trees: [...shippedTrees(only)],
    discardedTrees: [...discardedTrees(only)],
    caches: [...cachesIn(build, target)],
    secretPlaces: secretPlaces(build, target),
    unknowns: [...unknownsOf(build, target, root)],
  };
}

/** What the base at the root of a chain sets; undefined when it is not known. */
function configOf({ base }: Stage): BaseImageConfig | undefined {
  if (base.kind === 'scratch') return {};
  return base.kind === 'image' ? baseImageConfig(base.reference.familiar, base.reference.tag) : undefined;
}

function sizeOf({ base }: Stage): SizeClass | undefined {
  if (base.kind === 'scratch') return 'empty';
  return base.kind === 'image' ? baseImageSize(base.reference.familiar, base.reference.tag) : undefined;
}

const absent: ImageCommand = { setBy: 'none', words: [] };

function commandOf(set: StartCommand | undefined, ofBase: readonly string[] | undefined, root: Stage): ImageCommand {
  // `ENTRYPOINT []` takes the base's away.
  if (set !== undefined && set.instruction.form === 'exec' && set.instruction.exec.length === 0) return absent;
  if (set !== undefined) return { setBy: 'instruction', words: wordsOf(set.instruction, set.shell), at: set };
  if (ofBase !== undefined) return { setBy: 'base', words: ofBase };
  return configOf(root) === undefined ? { setBy: 'unknown', words: [] } : absent;
}

type CommandWords = Pick<StartCommand['instruction'], 'form' | 'exec' | 'line'>;

/** The shell form is handed to the shell as one word. */
function wordsOf({ form, exec, line }: CommandWords, shell: readonly string[] | undefined): readonly string[] {
  if (form === 'exec') return exec.map((word) => word.text ?? word.raw);
  return [...(shell ?? ['/bin/sh', '-c']), line.text.trim()];
}

/** As the config has it: `CMD` and the words, `CMD-SHELL` and the line. */
function healthcheckOf({ result }: Stage): readonly string[] | 'none' | undefined {
  const command = result.healthcheck?.command;
  if (command === undefined || command === 'none') return command;
  return command.form === 'exec'
    ? ['CMD', ...command.exec.map((word) => word.text ?? word.raw)]
    : ['CMD-SHELL', command.line.text.trim()];
}

function* unknownsOf(build: Build, target: Stage, root: Stage): Iterable<Unknown> {
  const { base } = root;
  if (base.kind === 'unresolved')
    yield { what: 'the base image', why: `${base.text} hangs on an argument without a value`, at: root.from.image };
  else if (isOpenBase(base))
    yield {
      what: 'what the base image sets and holds',
      why:
        configOf(root) === undefined
          ? `${base.kind === 'image' ? base.text : ''} is not an image that dflint knows`
          : `${base.kind === 'image' ? base.text : ''} has ONBUILD instructions, which run first`,
      at: root.from.image,
    };
  if (target.result.workdir === undefined)
    yield { what: 'the working directory', why: 'a relative WORKDIR, or none, over a base that is not known' };
  if (build.context.root === undefined)
    yield { what: 'the files of the build context', why: 'the folder of the context cannot be told' };
}
