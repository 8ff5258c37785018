/** skaffold.yaml: the artifacts that are built by Docker, https://skaffold.dev/docs/references/yaml/. */
import { at, type Data, itemsOf, namedValues, textOf } from './data.ts';
import type { BuildCall } from './evidence.ts';
import { contextOf, dockerfileOf } from './parts.ts';
import type { ProjectFile } from './place.ts';

/** The artifacts of the configuration, and those that its profiles put in their place. */
export function* readSkaffold(data: Data, file: ProjectFile): Iterable<BuildCall> {
  for (const part of [data, ...itemsOf(at(data, 'profiles'))])
    for (const artifact of itemsOf(at(part, 'build', 'artifacts'))) {
      const call = artifactCall(artifact, file);
      if (call !== undefined) yield call;
    }
}

/** Docker builds an artifact that names no builder. */
function artifactCall(artifact: Data, file: ProjectFile): BuildCall | undefined {
  const docker = at(artifact, 'docker') ?? at(artifact, 'kaniko');
  const name = textOf(at(artifact, 'image'));
  const others = ['bazel', 'jib', 'buildpacks', 'ko', 'custom'].some((each) => at(artifact, each) !== undefined);
  if (name === undefined || (docker === undefined && others)) return undefined;
  const written = at(artifact, 'context');
  const context = contextOf(written === undefined ? '.' : plain(written), file.folder);
  const named = at(docker, 'dockerfile');
  const dockerfile = dockerfileOf(named === undefined ? undefined : { value: plain(named) }, context, context);
  const target = at(docker, 'target');
  const stage = plain(target);
  return {
    by: 'skaffold',
    at: file.place(artifact.line),
    name,
    ...(dockerfile === undefined ? {} : { dockerfile }),
    ...(context === undefined ? {} : { context }),
    target:
      target === undefined ? 'final' : stage === undefined ? 'unknown' : { name: stage, at: file.place(target.line) },
    purpose: 'unknown',
    arguments: namedValues(at(docker, 'buildArgs')).map((argument) => {
      const value = argument.value?.includes('{{') ? undefined : argument.value;
      return { name: argument.name, at: file.place(argument.line), ...(value === undefined ? {} : { value }) };
    }),
    secrets: itemsOf(at(docker, 'secrets')).flatMap((secret) => {
      const id = textOf(at(secret, 'id'));
      return id === undefined ? [] : [{ name: id, at: file.place(secret.line) }];
    }),
    namedContexts: [],
  };
}

/** A text without a template of Go in it. */
function plain(data: Data | undefined): string | undefined {
  const text = textOf(data);
  return text?.includes('{{') ? undefined : text;
}
