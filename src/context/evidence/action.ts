/**
 * action.yml: an action of GitHub that is an image.
 *
 * Source: "Metadata syntax for GitHub Actions": `runs.using: docker`, and `runs.image`, which is a Dockerfile seen from
 * the folder of the file, or `docker://…` for an image that is there already.
 */
import { at, type Data, textOf } from './data.ts';
import type { BuildCall } from './evidence.ts';
import { dockerfileOf, within } from './parts.ts';
import type { ProjectFile } from './place.ts';

export const isActionName = (name: string): boolean => /^action\.ya?ml$/.test(name);

/** The runner builds it as it is, in the folder of its Dockerfile. */
export function* readAction(data: Data, file: ProjectFile): Iterable<BuildCall> {
  const image = at(data, 'runs', 'image');
  const written = textOf(image);
  if (textOf(at(data, 'runs', 'using')) !== 'docker' || image === undefined || written === undefined) return;
  const dockerfile = /^docker:/.test(written) ? undefined : dockerfileOf({ value: written }, undefined, file.folder);
  if (dockerfile === undefined) return;
  yield {
    by: 'action',
    at: file.place(image.line),
    name: textOf(at(data, 'name')) ?? file.name,
    dockerfile,
    context: within(dockerfile, '..'),
    target: 'final',
    purpose: 'unknown',
    arguments: [],
    secrets: [],
    namedContexts: [],
  };
}
