/** Groups of an account that its processes do not get, because USER names one group. */
import { groupMembership } from '../../knowledge/index.ts';
import type { Build, Located, Step } from '../build.ts';
import { chainOf } from '../query.ts';
import { textAt } from '../state/word-values.ts';

export interface DroppedGroups extends Located {
  readonly user: string;
  readonly group: string;
  readonly dropped: readonly string[];
  /** Puts it into the first of them. */
  readonly madeBy: Located;
}

/** The runtime reads the groups of an account only where USER gives no group (runc, `GetExecUser`). */
export function* droppedGroups(build: Build): Iterable<DroppedGroups> {
  for (const stage of build.stages) {
    if (!stage.steps.some(namesGroup)) continue;
    const groups = new Map<string, Map<string, Located>>();
    const names = new Map<string, string>();
    for (const each of chainOf(stage))
      for (const step of each.steps) {
        note(step, groups, names);
        if (each !== stage || step.instruction.keyword !== 'USER' || step.instruction.onbuild === true) continue;
        const { value } = step.instruction;
        const [account = '', group = ''] = (textAt(value, step, build) ?? '').split(':', 2);
        const user = names.get(account) ?? account;
        if (group === '') continue;
        const dropped = [...(groups.get(user) ?? [])].filter(([name]) => name !== group);
        const [first] = dropped;
        if (first !== undefined)
          yield { span: value.span, user, group, dropped: dropped.map(([name]) => name), madeBy: first[1] };
      }
  }
}

const namesGroup = ({ instruction }: Step): boolean =>
  instruction.keyword === 'USER' && /[:$]/.test(instruction.value.raw);

/** `names`: accounts by their numbers. */
function note({ commands }: Step, groups: Map<string, Map<string, Located>>, names: Map<string, string>): void {
  for (const command of commands) {
    const call = groupMembership(command.name, command.arguments);
    if (call === undefined || command.runs !== 'always') continue;
    if (call.uid !== undefined) names.set(call.uid, call.user);
    const known = call.replaces ? undefined : groups.get(call.user);
    const own = known ?? new Map<string, Located>();
    for (const group of call.groups) own.set(group, command);
    groups.set(call.user, own);
  }
}
