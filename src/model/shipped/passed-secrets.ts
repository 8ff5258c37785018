/** Calls of the project's files that pass a secret as a build argument, and what they attach to the image. */
import type { BuildCall, PassedArgument } from '../../context/evidence/evidence.ts';
import type { Build, Secret } from '../build.ts';

export interface PassedSecret {
  readonly argument: PassedArgument;
  /** The file that passes it. */
  readonly file: string;
  /** Whether the call attaches a provenance with the values of build arguments; `public`: if the repository is public. */
  readonly attested: 'yes' | 'public' | 'no';
}

const attestations: ReadonlyMap<BuildCall['provenance'], PassedSecret['attested']> = new Map([
  ['max', 'yes'],
  ['max-if-public', 'public'],
]);

/** The call that tells most of an ARG: one that attests it, else the first that passes it. */
export function passedSecret({ evidence }: Build, { name, via }: Secret): PassedSecret | undefined {
  if (via !== 'ARG') return undefined;
  const passed = evidence.calls.flatMap((call): readonly PassedSecret[] => {
    const argument = call.arguments.find((each) => each.name === name);
    if (argument === undefined) return [];
    const attested = attestations.get(call.provenance) ?? 'no';
    return [{ argument, file: argument.at.elsewhere.path, attested }];
  });
  const told = (answer: PassedSecret['attested']) => passed.find(({ attested }) => attested === answer);
  return told('yes') ?? told('public') ?? passed[0];
}
