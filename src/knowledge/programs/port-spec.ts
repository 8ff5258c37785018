/**
 * A word of EXPOSE as BuildKit reads it, measured with BuildKit 0.33: what it refuses, what it warns of.
 * U+FFFC stands for what is not known.
 */

/** `sctp` too. */
const protocols: ReadonlySet<string> = new Set(['', 'tcp', 'udp', 'sctp']);
const highest = 65_535;

export interface PortSpec {
  /** What the image gets to know: the port of the container, or a range of them. */
  readonly port: string;
  /** As written; empty without one. */
  readonly protocol: string;
  /** Address or port of the host, which EXPOSE cannot set. */
  readonly host?: string;
  /** Why the build stops. `range`: a number that is no port. */
  readonly refused?: 'number' | 'range' | 'order' | 'protocol';
  /** The part that is refused. */
  readonly part?: string;
}

export function readPortSpec(text: string): PortSpec {
  const colon = text.lastIndexOf(':');
  const slash = text.indexOf('/', colon + 1);
  const end = slash === -1 ? text.length : slash;
  const port = text.slice(colon + 1, end);
  const protocol = text.slice(end + 1);
  const host = text.slice(0, Math.max(colon, 0));
  const spec: PortSpec = { port, protocol, ...(host === '' ? {} : { host }) };
  if (isKnown(port)) {
    const refused = refusedRange(port);
    if (refused !== undefined) return { ...spec, refused, part: port };
  }
  if (isKnown(protocol) && !protocols.has(protocol.toLowerCase()))
    return { ...spec, refused: 'protocol', part: protocol };
  const ofHost = host.slice(host.lastIndexOf(':') + 1);
  const refused = ofHost === '' || ofHost.endsWith(']') || !isKnown(ofHost) ? undefined : refusedRange(ofHost);
  return refused === undefined ? spec : { ...spec, refused, part: ofHost };
}

const isKnown = (text: string): boolean => !text.includes('\uFFFC');

function refusedRange(text: string): PortSpec['refused'] {
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (first === undefined) return 'number';
  const [from, to] = [Number(first), Number(last ?? first)];
  if (from > highest || to > highest) return 'range';
  return to < from ? 'order' : undefined;
}
