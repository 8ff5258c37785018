/** A Node.js image of one stage, written as one that builds and one that ships what runs. */
import { createSource } from '../../syntax/index.ts';
import type { Build, Stage } from '../build.ts';
import { isMadeForDevelopers } from '../shipped/made-for-developers.ts';
import { developmentStart } from '../start/development-start.ts';
import { purposeOf } from '../start/start.ts';
import type { Fix } from './fix.ts';
import { builtPlan } from './plan-of-build.ts';
import { sourcePlan } from './plan-of-source.ts';
import { staticPlan } from './plan-of-static-site.ts';
import { standsApart } from './runtime-stage.ts';
import { blocksOf, lastLineOf } from './stage-blocks.ts';
import { planned, type StagePlan } from './stage-plan.ts';
import { isBuild, roledBlocks } from './stage-roles.ts';

/** Undefined where it is not certain what the program needs, or how the file is to be divided. */
export function multiStage(build: Build): Fix | undefined {
  const [stage, ...others] = build.stages;
  if (stage === undefined || others.length > 0 || build.file.faults.length > 0 || build.secrets.length > 0)
    return undefined;
  const { from, base } = stage;
  if (base.kind !== 'image' || from.span.line !== from.span.endLine) return undefined;
  if (base.reference.familiar !== 'node' && base.reference.familiar !== 'oven/bun') return undefined;
  if (purposeOf(stage, build.path) !== 'runtime' || isMadeForDevelopers(build, stage)) return undefined;
  const source = createSource(build.file.source.text.replaceAll('\r\n', '\n'));
  const blocks = blocksOf(stage, source);
  const last = blocks?.at(-1);
  const plan = blocks === undefined ? undefined : planOf(stage, build, blocks);
  if (last === undefined || plan === undefined) return undefined;
  const lower = from.word === from.word.toLowerCase();
  const keyword = (text: string): string => (lower ? text.replace(/^[A-Z]+/, (word) => word.toLowerCase()) : text);
  // Who asks for the stage by that name wants what is built, and gets it as before.
  const isOfBuild = build.shipsBecause.get(stage)?.because === 'final' && /^(?:build|deps|dep)/.test(stage.id);
  const builder = isOfBuild ? (from.name?.raw ?? plan.name) : stage.id === plan.name ? `${plan.name}er` : plan.name;
  const isApart = /^[ \t]*\n/.test(blocks?.[0]?.above ?? '');
  const isAiry = blocks !== undefined && standsApart(blocks);
  const end = lastLineOf(last.step.instruction);
  const platform = from.platform === undefined ? '' : `--platform=${from.platform.raw} `;
  const as = from.name === undefined || isOfBuild ? '' : ` ${from.as?.raw ?? 'AS'} ${from.name.raw}`;
  const lines = [
    `${from.word} ${platform}${from.image.raw} ${lower ? 'as' : 'AS'} ${builder}\n`,
    isApart ? '\n' : '',
    plan.builds,
    ...plan.after.map((line) => `${isAiry ? '\n' : ''}${keyword(line)}\n`),
    `\n${from.word} ${platform}${plan.image}${as}\n`,
    isApart && isAiry ? '\n' : '',
    plan.runs(builder, keyword),
  ];
  const width = (source.text.split('\n', end)[end - 1] ?? '').length;
  const at = { line: from.span.line, column: from.span.column, endLine: end, endColumn: width + 1 };
  return {
    says: `Build in a stage ${builder} and ship what runs in one of its own`,
    safety: 'unsafe',
    edits: [{ at, text: lines.join('').replace(/\n$/, '') }],
  };
}

function planOf(stage: Stage, build: Build, blocks: NonNullable<ReturnType<typeof blocksOf>>): StagePlan | undefined {
  const installs = stage.steps.flatMap(({ commands }) => commands.flatMap(({ install }) => install ?? []));
  const [install] = installs;
  const folder = install?.directory;
  if (install === undefined || folder === undefined || installs.some((each) => each.directory !== folder))
    return undefined;
  const roled = roledBlocks(blocks, folder);
  if (roled === undefined) return undefined;
  const given = planned(stage, build, roled, folder, install);
  const site = staticPlan(given);
  if (site !== undefined || developmentStart(stage, build) !== undefined) return site;
  const isBuilt = stage.steps.some(({ commands }) => commands.some((each) => isBuild(each)));
  if (isBuilt) return installs.every(({ development }) => development === 'yes') ? builtPlan(given) : undefined;
  return installs.length === 1 ? sourcePlan(given) : undefined;
}
