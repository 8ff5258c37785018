/** Configurations in YAML. */
import { constructFromEvents, EVENT_ID, type Event, getScalarValue, parseEvents, YAMLException } from 'js-yaml';
import { type ConfigDocument, type ConfigPath, type ConfigSyntaxFault, placeAt } from './document.ts';

export function readYamlConfig(text: string): ConfigDocument | ConfigSyntaxFault {
  try {
    const events = parseEvents(text, {});
    const [value, second] = constructFromEvents(events, { source: text });
    if (second !== undefined) return { line: 1, column: 1, message: 'there is more than one document in it' };
    return { value: value ?? {}, place: (path) => placeAt(text, offsetOf(path, events, text)) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { ...placeAt(text, error.mark?.position ?? 0), message: error.reason };
  }
}

/** Where the key of a map's entry, or the item of a list, starts. */
function offsetOf(path: ConfigPath, events: readonly Event[], text: string): number {
  let node = 1;
  let offset = startOf(events[node]) ?? 0;
  for (const part of path) {
    const found = childOf(node, part, events, text);
    if (found === undefined) break;
    offset = startOf(events[found.at]) ?? offset;
    node = found.value;
  }
  return offset;
}

const startOf = (event: Event | undefined): number | undefined =>
  event === undefined
    ? undefined
    : 'start' in event
      ? event.start
      : 'valueStart' in event
        ? event.valueStart
        : undefined;

/** Indices of the events where an entry starts, and where its value does. */
function childOf(
  node: number,
  part: string | number,
  events: readonly Event[],
  text: string,
): { readonly at: number; readonly value: number } | undefined {
  const type = events[node]?.type;
  if (type !== EVENT_ID.MAPPING && type !== EVENT_ID.SEQUENCE) return undefined;
  let at = node + 1;
  for (let index = 0; events[at] !== undefined && events[at]?.type !== EVENT_ID.POP; index += 1) {
    const key = events[at];
    const value = type === EVENT_ID.MAPPING ? after(at, events) : at;
    const name = key?.type === EVENT_ID.SCALAR && type === EVENT_ID.MAPPING ? getScalarValue(text, key) : index;
    if (name === part) return { at, value };
    at = after(value, events);
  }
  return undefined;
}

/** The index after a whole node. */
function after(node: number, events: readonly Event[]): number {
  let depth = 0;
  let at = node;
  do {
    const type = events[at]?.type;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth += 1;
    else if (type === EVENT_ID.POP) depth -= 1;
    at += 1;
  } while (depth > 0 && at < events.length);
  return at;
}
