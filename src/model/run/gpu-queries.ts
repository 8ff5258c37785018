/** RUNs that ask for a GPU. */
import { failsWithoutGpu, gpuQuery } from '../../knowledge/index.ts';
import type { Build, Located } from '../build.ts';
import { writtenCommands } from './written-runs.ts';

export interface GpuQuery extends Located {
  readonly query: string;
  /** The RUN fails at it; otherwise the answer is no, whatever the image will run on. */
  readonly fails: boolean;
}

/** A query whose failure is expected is left out, and one under a device that the RUN asks for. */
export function* gpuQueries(build: Build): Iterable<GpuQuery> {
  for (const command of writtenCommands(build)) {
    const query = gpuQuery(command.name, command.arguments);
    if (query === undefined) continue;
    const { instruction } = command.run;
    if (instruction.flags.some(({ name }) => name === 'device') || command.shell.failure === 'absorbed') continue;
    yield { span: command.span, query, fails: failsWithoutGpu(query) && command.shell.runs === 'always' };
  }
}
