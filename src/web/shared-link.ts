/** The state of the page in its address, so that a link shows what its sender saw. Nothing of it reaches a server: it stands behind `#`. */

export interface PageState {
  readonly text: string;
  /** The text of .dockerignore; absent when there is none. */
  readonly ignore?: string;
  /** Paths of the build context, one a line. */
  readonly files?: string;
  readonly manifest?: string;
}

const prefix = '#d=';

/** An address has room for some 32,000 characters in every browser; undefined for a state that does not fit. */
export async function addressOf(state: PageState): Promise<string | undefined> {
  const bytes = await throughStream(
    new TextEncoder().encode(JSON.stringify(state)),
    new CompressionStream('deflate-raw'),
  );
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const address =
    prefix +
    text
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/(?<!=)=+$/, '');
  return address.length > 32_000 ? undefined : address;
}

/** Undefined for an address without a state, or with one that cannot be read. */
export async function stateOf(address: string): Promise<PageState | undefined> {
  if (!address.startsWith(prefix)) return undefined;
  try {
    const text = atob(address.slice(prefix.length).replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
    const json = await throughStream(bytes, new DecompressionStream('deflate-raw'));
    return readState(JSON.parse(new TextDecoder().decode(json)));
  } catch {
    return undefined;
  }
}

function readState(value: unknown): PageState | undefined {
  if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string')
    return undefined;
  const optional = (name: 'ignore' | 'files' | 'manifest'): Partial<PageState> => {
    const given: unknown = Reflect.get(value, name);
    return typeof given === 'string' ? { [name]: given } : {};
  };
  return { text: value.text, ...optional('ignore'), ...optional('files'), ...optional('manifest') };
}

async function throughStream(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const body = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(body).arrayBuffer());
}
