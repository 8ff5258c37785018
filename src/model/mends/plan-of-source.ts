/** Packages from a stage of their own, the source as it was copied. */
import { manifestScript } from '../../knowledge/index.ts';
import { createSource, offsetAt } from '../../syntax/index.ts';
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import { startedCommands } from '../start/started-commands.ts';
import { omission } from './pruned-packages.ts';
import { commandOf } from './runtime-parts.ts';
import { runtimeImage, runtimeText } from './runtime-stage.ts';
import { asWritten } from './stage-blocks.ts';
import type { PlannedStage, StagePlan } from './stage-plan.ts';
import type { RoledBlock } from './stage-roles.ts';

/** For programs that are their own source; undefined where the install may need the source, or nothing is gained. */
export function sourcePlan(planned: PlannedStage): StagePlan | undefined {
  const { blocks, folder, stage, build, install } = planned;
  const last = blocks.findLastIndex(({ step }) => step === install.command.step);
  const block = blocks[last];
  const manifest = textAt(join(folder, 'package.json'), stage.result.rootfs, build);
  const scripts = ['preinstall', 'install', 'postinstall', 'prepare'].some(
    (name) => manifest !== undefined && manifestScript(manifest, name) !== null,
  );
  if (scripts || block === undefined || !install.separable || install.needsSource) return undefined;
  if (block.step.cacheInputs.some(({ holds }) => holds === 'source') || install.adds.length > 0) return undefined;
  const sources = blocks.filter(({ step }, at) => at > last && step.instruction.keyword === 'COPY');
  const [started, ...others] = startedCommands(stage, build);
  if (
    sources.length === 0 ||
    started === undefined ||
    others.length > 0 ||
    !/^(?:node|bun)$/.test(started.words[0] ?? '')
  )
    return undefined;
  const installing = withoutDevelopment(planned, block);
  if (installing === undefined) return undefined;
  const isBefore = ({ role, step }: RoledBlock, at: number): boolean =>
    at < last && role !== 'run' && (step.instruction.keyword !== 'COPY' || at < last);
  const command = commandOf(started, stage, folder, build);
  return {
    name: 'deps',
    builds: asWritten([...blocks.filter(isBefore), installing]),
    after: [],
    image: runtimeImage(planned),
    runs: (builder, keyword) => {
      const whole = sources.some(
        ({ step: { instruction } }) =>
          instruction.keyword === 'COPY' && instruction.sources.some(({ text }) => text === '.' || text === './'),
      );
      const brought = [
        ...(whole ? [] : [keyword(`COPY --from=${builder} ${join(folder, 'package.json')} ./`)]),
        keyword(`COPY --from=${builder} ${join(folder, 'node_modules')} ./node_modules`),
        asWritten(sources).replace(/\n$/, ''),
      ];
      return runtimeText({ ...planned, keyword, brought, command });
    },
  };
}

/** The install, for production only; where it is that already, compilers of the distribution make up for it. */
function withoutDevelopment({ blocks, install }: PlannedStage, block: RoledBlock): RoledBlock | undefined {
  const { development, command } = install;
  if (development === 'no') {
    const compiles = blocks.some(
      ({ step, role, runText, text }) =>
        step.instruction.keyword === 'RUN' &&
        step.commands.every((each) => each.install === undefined && each.invocation === undefined) &&
        (role === 'work' || (runText !== undefined && runText !== text)),
    );
    return compiles ? block : undefined;
  }
  const flag = omission(install);
  if (flag === undefined || development !== 'yes') return undefined;
  const { instruction } = block.step;
  const line = block.text;
  const { span } = command.shell;
  const end = offsetAt(createSource(line), span.endLine - instruction.span.line + 1, span.endColumn);
  if (!/^[ \t]*(?:\\?\n|[;&|)]|$)/.test(line.slice(end))) return undefined;
  if (instruction.keyword === 'RUN' && instruction.form === 'exec') return undefined;
  return { ...block, text: `${line.slice(0, end)} ${flag}${line.slice(end)}` };
}
