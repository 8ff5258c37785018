/** RUN, CMD, ENTRYPOINT, SHELL and HEALTHCHECK. */
import { isSpace, type Stretch } from '../blank.ts';
import type { CommandLine, HealthcheckInstruction, Instruction } from '../instruction.ts';
import { readJsonArray } from '../json-array.ts';
import { mappedSlice, mappedSpan } from '../source.ts';
import { literalWord } from '../word.ts';
import { checkDevices } from './device.ts';
import { type Arguments, argumentsSpan, type Draft, invalid, refuseArray } from './draft.ts';
import { checkTimings } from './duration.ts';
import { checkFlags, flagValue } from './flags.ts';
import { readMounts } from './mount.ts';

const networks: readonly string[] = ['default', 'none', 'host'];
const securityModes: readonly string[] = ['sandbox', 'insecure'];

/** Without arguments too, RUN, CMD and ENTRYPOINT are accepted. */
export function readCommand(draft: Draft, keyword: 'RUN' | 'CMD' | 'ENTRYPOINT' | 'SHELL'): Instruction {
  const command = readCommandLine(draft, draft.head.rest);
  if (command === undefined) return invalid(draft);
  const { args, json, line } = command;
  if (keyword === 'SHELL' && (!json || args.length === 0)) {
    draft.refuse(argumentsSpan(draft), 'SHELL needs a JSON array of strings: SHELL ["/bin/bash", "-c"].');
    return invalid(draft, { args, json });
  }
  if (keyword !== 'RUN') return { ...draft.base, keyword, args, json, ...line };
  checkDevices(draft);
  const mounts = readMounts(draft);
  const network = checkedMode(draft, 'network', networks);
  const security = checkedMode(draft, 'security', securityModes);
  return {
    ...draft.base,
    keyword,
    args,
    json,
    ...line,
    mounts,
    ...(network === undefined ? {} : { network }),
    ...(security === undefined ? {} : { security }),
  };
}

function checkedMode(draft: Draft, name: 'network' | 'security', modes: readonly string[]) {
  const value = flagValue(draft, name);
  if (value !== undefined && !modes.includes(value.raw))
    draft.refuse(value.span, `RUN --${name} takes ${modes.join(', ')}, not ${JSON.stringify(value.raw)}.`);
  return value;
}

export function readHealthcheck(draft: Draft): Instruction {
  const { logical, head } = draft;
  const { start, end } = head.rest;
  let typeEnd = start;
  while (typeEnd < end && !isSpace(logical.text.charCodeAt(typeEnd))) typeEnd += 1;
  let commandStart = typeEnd;
  while (commandStart < end && isSpace(logical.text.charCodeAt(commandStart))) commandStart += 1;
  const type = logical.text.slice(start, typeEnd);
  if (type === '') {
    draft.refuse(draft.base.keywordSpan, 'HEALTHCHECK needs at least one argument: NONE, or CMD and a command.');
    return invalid(draft);
  }
  const command = readCommandLine(draft, { start: commandStart, end });
  if (command === undefined) return invalid(draft);
  const args = [type, ...command.args];
  const { json } = command;
  const given = command.args.length > 0;
  const healthcheck: HealthcheckInstruction = { ...draft.base, keyword: 'HEALTHCHECK', args, json };
  if (type.toUpperCase() === 'NONE') {
    if (given) draft.refuse(mappedSpan(logical, commandStart, end), 'HEALTHCHECK NONE takes no arguments.');
    return healthcheck;
  }
  checkFlags(draft);
  checkTimings(draft);
  if (type.toUpperCase() === 'CMD' && given) return { ...healthcheck, command: command.line };
  const message =
    type.toUpperCase() === 'CMD'
      ? 'HEALTHCHECK CMD needs a command.'
      : `HEALTHCHECK takes NONE, or CMD and a command, not ${JSON.stringify(type)}.`;
  draft.refuse(mappedSpan(logical, start, typeEnd), message);
  return invalid(draft, { args, json });
}

/** Undefined when it is a JSON array that holds something else than strings, which is noted. */
function readCommandLine(draft: Draft, rest: Stretch): (Arguments & { line: CommandLine }) | undefined {
  const { logical } = draft;
  const strings = readJsonArray(logical.text, rest.start, rest.end);
  if (strings === 'not-strings') return refuseArray(draft);
  const line = mappedSlice(logical, rest.start, rest.end);
  if (strings === undefined) {
    const args = line.text === '' ? [] : [line.text];
    return { args, json: false, line: { form: 'shell', exec: [], line } };
  }
  const exec = strings.map((string) => literalWord(logical, string, string.text));
  return { args: strings.map((string) => string.text), json: true, line: { form: 'exec', exec, line } };
}
