/** Facts of a place as Markdown, short enough for a hover. */
import { groupFiles, type ShippedImage, type StageEdge, type Value } from '../model/index.ts';
import { lineText } from '../report/frame.ts';
import { harmless } from '../report/harmless.ts';
import type { Source } from '../syntax/index.ts';
import type { CopyFacts, Facts, StageFacts, VariableFacts } from './facts.ts';

/** Longer lists are cut. */
const mostLines = 12;
const longestCode = 80;

export function factsText(facts: Facts, source: Source): string {
  const lines = linesOf(facts, source);
  return `${lines.join('\n')}\n`;
}

function linesOf(facts: Facts, source: Source): readonly string[] {
  switch (facts.about) {
    case 'stage':
      return stageLines(facts, source);
    case 'variable':
      return variableLines(facts);
    case 'copy':
      return copyLines(facts, source);
  }
}

/** Text of a file as Markdown code, whatever stands in it. */
export function code(text: string): string {
  const plain = harmless(text.replace(/\s+/g, ' ').trim());
  const short = plain.length > longestCode ? `${plain.slice(0, longestCode - 1)}…` : plain;
  const fence = '`'.repeat(Math.max(0, ...[...short.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return fence.length === 1 && short !== '' ? `\`${short}\`` : `${fence} ${short} ${fence}`;
}

const list = (title: string, lines: readonly string[]): readonly string[] => {
  if (lines.length === 0) return [];
  const more = lines.length - mostLines;
  const shown = more > 1 ? [...lines.slice(0, mostLines), `and ${more} more`] : lines;
  return ['', `**${title}**`, '', ...shown.map((line) => `- ${line}`)];
};

const nameOf = ({ name, index }: StageFacts['stage']): string =>
  name === undefined ? `stage ${index}` : code(name.raw);

function stageLines({ stage, image, ships, users }: StageFacts, source: Source): readonly string[] {
  const on = image.base === 'scratch' ? 'on nothing (`scratch`)' : `on ${code(image.base)}`;
  return [
    `**Stage ${nameOf(stage)}**, line ${stage.from.span.line}, ${on}: ${fateOf(stage, ships)}`,
    ...list('Holds', [...configLines(image), ...treeLines(image), ...fileLines(image)]),
    ...list(
      'Secrets',
      image.secretPlaces.map(({ name, places }) => `${code(name)} in its ${places.join(', ')}`),
    ),
    ...list(
      'Used by',
      users.map((edge) => userLine(edge, source)),
    ),
  ];
}

function fateOf({ reachable }: StageFacts['stage'], ships: StageFacts['ships']): string {
  if (ships === undefined) return reachable ? 'does not ship, what ships needs it' : 'nothing that ships needs it';
  if (ships.because !== 'evidence')
    return ships.because === 'final' ? 'ships, as the last stage' : 'ships, as it is asked for';
  const { by, name } = ships.call;
  return `ships, ${by} ${code(name)} builds it`;
}

function configLines(image: ShippedImage): readonly string[] {
  const { user, workingDir, entrypoint, cmd, exposedPorts } = image;
  const account =
    user.name === undefined
      ? user.identity
      : `${code(user.name)}${user.identity === 'root' ? '' : `, ${user.identity}`}`;
  const start = [...entrypoint.words, ...cmd.words].join(' ');
  return [
    `user: ${account}`,
    ...(workingDir === undefined ? [] : [`directory: ${code(workingDir)}`]),
    ...(start === '' ? [] : [`starts: ${code(start)}`]),
    ...(exposedPorts.length === 0 ? [] : [`ports: ${exposedPorts.map(code).join(', ')}`]),
  ];
}

const packages = {
  yes: 'production and development',
  no: 'production only',
  unknown: 'development not known',
} as const;

const treeLines = ({ trees }: ShippedImage): readonly string[] =>
  trees.map(
    ({ path, tree, development }) => `${code(path)}: packages of ${tree.install.manager}, ${packages[development]}`,
  );

const fileLines = ({ entries }: ShippedImage): readonly string[] =>
  groupFiles(entries)
    .filter(({ change }) => change.content?.kind !== 'dependencies')
    .map(
      ({ path, files, holds, change }) =>
        `${code(path)}: ${holds ?? counted(files, 'file')}, line ${change.step.span.line}`,
    );

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function userLine({ span, to }: StageEdge, source: Source): string {
  return `line ${span.line}, stage ${nameOf(to)}: ${code(lineText(source, span.line))}`;
}

function variableLines({ name, value }: VariableFacts): readonly string[] {
  const what = { argument: 'Build argument', environment: 'Environment variable', outside: 'Variable', stage: 'Stage' }[
    name.kind
  ];
  const title = `**${what} ${code(name.text)}**`;
  if (value === undefined) return [`${title}: nothing in reach of this place sets it`];
  const isHidden = value.given === true && value.secrets.length > 0;
  const worth = isHidden
    ? 'a secret that is given'
    : value.text === undefined
      ? 'not known here'
      : value.text === ''
        ? 'empty'
        : code(value.text);
  const secret = value.secrets.length > 0 ? ['', 'It carries a secret.'] : [];
  return [`${title}: ${worth}`, '', `${originOf(value)}.`, ...secret];
}

function originOf({ via, span, given, text }: Value): string {
  if (via === 'image') return 'The base image sets it';
  if (given === true) return `Given from outside for the \`${via}\` of line ${span.line}`;
  return text === undefined
    ? `\`${via}\` of line ${span.line} has no default`
    : `Set by \`${via}\` in line ${span.line}`;
}

function copyLines({ step, brings, reruns }: CopyFacts, source: Source): readonly string[] {
  const listed = brings.filter(({ listed: isListed, kind }) => isListed && kind !== 'directory');
  const folders = brings.filter(({ listed: isListed }) => !isListed);
  const files = listed.map(({ path, presence }) => `${code(path)}${presence === 'unknown' ? ', perhaps' : ''}`);
  const total = folders.length > 0 || brings.length === 0 ? '' : `: ${counted(listed.length, 'file')}`;
  const lines = reruns.flatMap(({ stage, steps }) =>
    steps
      .filter((rerun) => rerun.step !== step)
      .map(({ step: { span }, runs }) => {
        const where = stage === step.stage ? '' : `, stage ${nameOf(stage)}`;
        return `line ${span.line}${where}${runs === 'perhaps' ? ', perhaps' : ''}: ${code(lineText(source, span.line))}`;
      }),
  );
  return [
    `**${step.instruction.keyword}**${total}`,
    ...list('Brings', [...folders.map(({ path }) => `${code(path)}: what is in it cannot be told`), ...files]),
    ...(brings.length === 0 ? ['', 'What it brings cannot be told.'] : []),
    ...(lines.length === 0
      ? ['', 'No other step runs again when this changes.']
      : list('Run again when this changes', lines)),
  ];
}
