/** Commands of a RUN that call a program which their image does not have. */
import {
  type AbsentProgram,
  absentProgram,
  bringersOf,
  isInstaller,
  mayBringNode,
  needsNode,
  readInvocation,
  runsOnNode,
} from '../../knowledge/index.ts';
import type { Command, Located, Stage, Step } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
import { firstOfStage, precededFor } from '../per-stage.ts';
import { chainOf, isUnread, surelyEndsTheBuild, wordsOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { mayHaveCopied, programPlaces } from '../start/program-places.ts';

export interface CalledAbsentProgram extends Located, AbsentProgram {
  readonly program: string;
  /** The image, as it is written. */
  readonly image: string;
  readonly from: Located;
  /** Quotes make one word of a whole call: `"npm ci"`. */
  readonly quoted?: true;
}

/** The first of each stage, on images that are known and where nothing can have brought the program. */
export const absentPrograms = firstOfStage(callOfAbsent);

function callOfAbsent(command: Command): CalledAbsentProgram | undefined {
  const { name, step, shell } = command;
  const [first] = shell.effective;
  if (name === undefined || first?.text !== name) return undefined;
  const [root] = chainOf(step.stage);
  const base = root?.base;
  if (root === undefined || base?.kind !== 'image' || base.openTag === true) return undefined;
  const found = { span: first.span, program: name, image: base.text, from: root.from };
  if (isCallInOne(name)) return surelyEndsTheBuild(command) ? { ...found, quoted: true } : undefined;
  const absent = absentProgram(name, base.reference.familiar, base.reference.tag);
  if (absent === undefined) return undefined;
  if (!surelyEndsTheBuild(command) || mayBeThere(name, command)) return undefined;
  return { ...found, ...absent };
}

/** A program and its arguments; a path may have blanks in it. */
const isCallInOne = (name: string): boolean => /^[a-z][\w.-]*\s+[\w.:@/-]/.test(name);

function mayBeThere(program: string, command: Command): boolean {
  const { step } = command;
  const places = programPlaces(program, { result: step.before });
  if (mountsStage(step) || places.some((path) => !isUntouched(step.before.rootfs.stat(path)))) return true;
  if (mayBeBrought(program)(step.stage, command)) return true;
  return copiesOf(step.stage).some(
    (each) =>
      (each.stage !== step.stage || each.span.line <= step.span.line) &&
      places.some((path) => mayHaveCopied(each, path)),
  );
}

const copiesOf: (stage: Stage) => readonly Step[] = remembered(
  (stage) => stage,
  (stage) =>
    chainOf(stage)
      .flatMap(({ steps }) => steps)
      .filter(({ instruction }) => instruction.keyword === 'COPY' || instruction.keyword === 'ADD'),
);

/** Whether something before a command may bring a program; there are few that images are known to lack. */
const mayBeBrought = precededFor(
  (command, program) => mayBring(wordsOf(command), program),
  (step) => mountsStage(step) || isUnread(step),
);

const mountsStage = ({ instruction }: Step): boolean =>
  instruction.keyword === 'RUN' && instruction.mounts.some(({ from }) => from !== undefined);

/** It is named before: looked for, defined, linked, or installed; what is run may install anything. */
const mayBring = (words: readonly (string | undefined)[], program: string): boolean =>
  (mayBringNode(words) && !addsTools(words) && (runsOnNode(program) || !installsPackages(words))) ||
  words.some((word) => word === undefined || word.split(/[\s/@=]/).some((part) => isBringer(part, program)));

/** `npm install -g serve` brings what it names, `npm cache clean` nothing. */
function addsTools(words: readonly (string | undefined)[]): boolean {
  const call = readInvocation(words);
  if (call?.operation === 'add') return call.global;
  return /^(?:cache-clean|config-set|config-delete)$/.test(call?.operation ?? '');
}

/** No package of a language, and no program of one, brings the package manager of another distribution. */
const installsPackages = (words: readonly (string | undefined)[]): boolean => {
  const [name = ''] = words;
  return readInvocation(words) !== undefined || isInstaller(name) || needsNode(name);
};

/** The package `apt` brings `apt-get`. */
const isBringer = (part: string, program: string): boolean => bringersOf(program).some((stem) => part.startsWith(stem));
