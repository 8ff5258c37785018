/** Commands that cannot do what they are asked to: where the build goes on all the same, they change nothing. */
import type { RunningCommand } from './run.ts';

/** Whether a command succeeds; undefined where that is not known. */
export type Success = boolean | undefined;

/**
 * Lets a command, or one of its operands, act unless it certainly fails. A command whose failure ends the build
 * counts as successful, whatever seems to speak against it; one whose failure is provided for (`|| true`) acts only
 * sometimes when it is not known whether it can.
 */
export function attempt(running: RunningCommand, possible: Success, act: (running: RunningCommand) => void): Success {
  if (running.failure === 'ends the build') {
    act(running);
    return true;
  }
  if (possible === false) return false;
  act(
    possible === undefined && running.failure === 'absorbed'
      ? { ...running, runs: 'sometimes', arm: undefined }
      : running,
  );
  return possible;
}

/** The success of a command that has to succeed with each of its operands. */
export const all = (successes: Iterable<Success>): Success => {
  let success: Success = true;
  for (const one of successes) {
    if (one === false) success = false;
    else if (one === undefined && success === true) success = undefined;
  }
  return success;
};
