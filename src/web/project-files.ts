/** The folder around the Dockerfile, as the page's fields have it. */
import type { Workspace } from './messages.ts';
import type { PageState } from './shared-link.ts';

/** Without a list of paths nothing is known of files that have no field of their own: rules that look at them are silent then. */
export function workspaceOf({ text, ignore = '', files = '', manifest = '' }: PageState): Workspace {
  const listed = files
    .split('\n')
    .map((line) => line.trim().replace(/^\.\//, ''))
    .filter((line) => line !== '');
  return {
    text,
    complete: listed.length > 0,
    files: {
      ...Object.fromEntries(listed.map((path) => [path, null])),
      ...(manifest !== '' && { 'package.json': manifest }),
      ...(ignore !== '' && { '.dockerignore': ignore }),
    },
  };
}
