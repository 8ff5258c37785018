/** Programs of one architecture in images that are made for several. */
import { architectureIn, isParcelOrProgram, lastPart } from '../../knowledge/index.ts';
import type { Build, Located, Stage } from '../build.ts';
import { chainOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { type Fetch, fetchesIn } from './fetches.ts';
import { type WrittenRun, writtenRuns } from './written-runs.ts';

export interface FixedArchitecture extends Located {
  readonly fetch: Fetch;
  /** As the address has it. */
  readonly architecture: string;
  /** Where the file asks for which architecture it is built. */
  readonly asks: Located;
}

export function* fixedArchitectures(build: Build): Iterable<FixedArchitecture> {
  const fetches = fetchesIn(build).filter(({ by }) => by !== 'git');
  if (fetches.length === 0) return;
  const asking = askedIn(build);
  if (asking.length === 0) return;
  for (const fetch of fetches) {
    const architecture = architectureIn(fetch.address);
    if (architecture === undefined || isChosen(fetch) || !mayBeBuiltElsewhere(fetch.step.stage)) continue;
    const asks = asking.find(
      ({ stage }) => chainOf(stage).includes(fetch.step.stage) || chainOf(fetch.step.stage).includes(stage),
    );
    if (asks !== undefined && isProgramOf(fetch)) yield { span: fetch.span, fetch, architecture, asks: asks.at };
  }
}

interface Asked {
  readonly stage: Stage;
  readonly at: Located;
}

/** Downloads that hang on the architecture, and what asks the builder for it, in the stage itself. */
const askedIn = (build: Build): readonly Asked[] => [...writtenRuns(build).flatMap(askedBy), ...declaredIn(build)];

const askedBy: (run: WrittenRun) => readonly Asked[] = remembered(
  (run) => run,
  ({ step, commands }) =>
    commands.flatMap(({ shell }) =>
      shell.effective
        .filter(({ raw }) => /:\/\//.test(raw) && asksForArchitecture.test(raw))
        .map(({ span }) => ({ stage: step.stage, at: { span } })),
    ),
);

/** Stages that take the architecture from the builder; with a default it is the one that the file is for. */
const declaredIn = ({ stages }: Build): readonly Asked[] =>
  stages.flatMap((stage) =>
    stage.steps.flatMap(({ instruction }) =>
      instruction.keyword === 'ARG'
        ? instruction.pairs
            .filter(({ name, value }) => /^TARGET(?:ARCH|PLATFORM)$/.test(name.text ?? '') && value === undefined)
            .map(({ span }) => ({ stage, at: { span } }))
        : [],
    ),
  );

const asksForArchitecture = /\$\{?(?:TARGETARCH|TARGETPLATFORM)\b|dpkg --print-architecture|uname -m|\$\(arch\)/;

/** Something decides whether it is fetched, or the command asks for the architecture as well. */
const isChosen = ({ command, word }: Fetch): boolean =>
  (command?.shell.guards.some(
    (guard) => guard.kind === 'case' || (guard.kind === 'status' && guard.expected !== true),
  ) ??
    false) ||
  !/amd64|x86_64|x64|linux64|x86-64|aarch64|arm64/i.test(word.raw);

const mayBeBuiltElsewhere = (stage: Stage): boolean => chainOf(stage).every(({ from }) => from.platform === undefined);

const isProgramOf = ({ address }: Fetch): boolean =>
  isParcelOrProgram(address) || !/\.\w+$/.test(lastPart(address.path));
