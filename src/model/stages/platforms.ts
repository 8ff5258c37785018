/** What `--platform` of FROM asks for: the same for every build, what is built anyway, or what the image is not there for. */
import { onlyPlatform, type Platform, parsePlatform, platformFault } from '../../knowledge/index.ts';
import type { FromInstruction, Word } from '../../syntax/index.ts';
import type { Build, Stage, StageEdge } from '../build.ts';

export interface FixedPlatform {
  readonly stage: Stage;
  readonly platform: Word;
  /** A COPY that takes files of it into a stage that is built for the platform that is asked for. */
  readonly mixed?: StageEdge;
}

/** Platforms written out, where the name of the stage does not say that it is for that platform. */
export function* fixedPlatforms(build: Build): Iterable<FixedPlatform> {
  const open = openStages(build);
  const mixed = new Map<Stage, StageEdge>();
  for (const edge of build.edges)
    if (edge.via === 'copy' && open.has(edge.to) && edge.to.reachable && !mixed.has(edge.from))
      mixed.set(edge.from, edge);
  for (const stage of build.stages) {
    const { platform } = stage.from;
    if (platform?.text === undefined || platform.text === '' || faultOf(platform) !== undefined) continue;
    if (saysSo(stage, platform.text)) continue;
    const edge = mixed.get(stage);
    yield { stage, platform, ...(edge === undefined ? {} : { mixed: edge }) };
  }
}

/** Whether a stage `build-arm64` is called after its platform: `FROM build-$TARGETARCH` chooses among such ones. */
function saysSo({ name, id }: Stage, text: string): boolean {
  const { os, architecture } = parsePlatform(text) ?? {};
  const parts = [...text.toLowerCase().split('/').slice(0, 2), os, architecture];
  return name !== undefined && parts.some((part) => part !== undefined && part !== '' && id.includes(part));
}

/** Stages that are built for whatever platform is asked for: neither they nor their bases name one. */
function openStages({ stages }: Build): ReadonlySet<Stage> {
  const open = new Set<Stage>();
  for (const stage of stages)
    if (stage.from.platform === undefined && (stage.base.kind === 'stage' ? open.has(stage.base.stage) : true))
      open.add(stage);
  return open;
}

/** Platforms of FROM that say what BuildKit does without them. */
export function* redundantPlatforms(build: Build): Iterable<Word> {
  for (const { from } of build.stages) if (from.platform !== undefined && isTarget(from.platform)) yield from.platform;
}

const isTarget = ({ raw }: Word): boolean => /^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(raw);

export interface UnavailablePlatform {
  readonly from: FromInstruction;
  readonly platform: Word;
  readonly image: string;
  readonly only: Partial<Platform>;
}

/** Platforms that an image is surely not there for. */
export function* unavailablePlatforms(build: Build): Iterable<UnavailablePlatform> {
  for (const { from, base } of build.stages) {
    const { platform } = from;
    const asked = platform?.text === undefined ? undefined : parsePlatform(platform.text);
    if (platform === undefined || asked === undefined || base.kind !== 'image') continue;
    const { reference, facts } = base;
    const only = onlyPlatform(reference.familiar, reference.tag ?? '', facts?.os);
    const other = (part: 'os' | 'architecture'): boolean =>
      asked[part] !== undefined && only[part] !== undefined && asked[part] !== only[part];
    if (other('os') || other('architecture')) yield { from, platform, image: reference.familiar, only };
  }
}

export interface RefusedPlatform {
  readonly platform: Word;
  /** `several`: a list, as `docker buildx build` takes it. */
  readonly fault: 'several' | 'unknown';
}

/** Platforms that BuildKit cannot read: it does so for each stage, needed or not, before anything runs. */
export function* refusedPlatforms(build: Build): Iterable<RefusedPlatform> {
  for (const { from } of build.stages) {
    const { platform } = from;
    const fault = faultOf(platform);
    if (platform !== undefined && fault !== undefined) yield { platform, fault };
  }
}

const faultOf = (platform: Word | undefined): RefusedPlatform['fault'] | undefined =>
  platform?.text === undefined || platform.text === '' ? undefined : platformFault(platform.text);
