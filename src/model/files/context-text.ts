/** The text of a file that an image has from the build context. */
import type { Build, Rootfs } from '../build.ts';

/** Undefined when it is not there, or not known. */
export function textAt(path: string, rootfs: Rootfs, build: Build): string | undefined {
  const { presence, change } = rootfs.stat(path);
  const content = presence === 'absent' ? undefined : change?.content;
  if (content?.kind === 'text') return content.text;
  return content?.kind === 'context' && content.entry !== 'directory' ? build.context.read(content.path) : undefined;
}
