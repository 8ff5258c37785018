/** Lists of packages that a RUN asks of mirrors which no longer have the release of the base image. */
import { type ArchivedRelease, archivedRelease } from '../../knowledge/index.ts';
import type { Build, Command, Located, Stage } from '../build.ts';
import { chainOf, isUnread, surelyEndsTheBuild } from '../query.ts';
import { writtenRuns } from '../run/written-runs.ts';

export interface ArchivedLists extends Located {
  readonly command: Command;
  readonly archived: ArchivedRelease;
  /** The FROM that takes the base. */
  readonly from: Located;
}

/** The first of each stage. Silent where no day is given, and where something may have named other mirrors. */
export function* archivedLists(build: Build): Iterable<ArchivedLists> {
  const { today } = build;
  if (today === undefined) return;
  for (const stage of build.stages) {
    const [origin = stage] = chainOf(stage);
    const archived = stage.reachable ? archivedBase(origin, today) : undefined;
    if (archived === undefined) continue;
    const commands = stage.steps.flatMap((step) => step.commands);
    const command = commands.find((each) => asks(each, archived) && surelyEndsTheBuild(each));
    if (command !== undefined && !namesMirrors(stage, build))
      yield { span: command.span, command, archived, from: origin.from.image };
  }
}

function archivedBase({ base }: Stage, today: string): ArchivedRelease | undefined {
  if (base.kind !== 'image' || base.openTag === true) return undefined;
  const { familiar, tag = 'latest' } = base.reference;
  return archivedRelease(familiar, tag, today);
}

function asks({ name, arguments: words }: Command, { packages }: ArchivedRelease): boolean {
  const task = words.find((word) => word !== undefined && !word.startsWith('-'));
  return packages === 'apt'
    ? (name === 'apt-get' || name === 'apt') && task === 'update'
    : (name === 'yum' || name === 'dnf') && /^(?:install|update|upgrade|makecache|groupinstall)$/.test(task ?? '');
}

/** Files of the mirrors that are copied in or written, hosts of archives, options, or a script that is not read. */
function namesMirrors(stage: Stage, build: Build): boolean {
  const chain = chainOf(stage);
  const { rootfs } = stage.result;
  return (
    chain.some(({ steps }) => steps.some((step) => isUnread(step) || step.commands.some(runsScript))) ||
    ['/etc/apt', '/etc/yum.repos.d', '/etc/yum.conf'].some((path) => rootfs.under(path).length > 0) ||
    writtenRuns(build).some(({ step, script }) => chain.includes(step.stage) && mirrors.test(script.text.text))
  );
}

const mirrors = /\/etc\/apt\/|\/etc\/yum\b|archive\.|old-releases|snapshot|vault\.|mirror|Acquire::|baseurl|\.repo\b/;

const runsScript = ({ name, arguments: words }: Command): boolean =>
  [name, ...(/^(?:ba|da|z)?sh$|^source$|^\.$/.test(name ?? '') ? words : [])].some((word) =>
    /^\.{0,2}\/(?!bin\/|usr\/bin\/)|\.sh$/.test(word ?? ''),
  );
