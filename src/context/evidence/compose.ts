/** Compose files: the services that are built, https://github.com/compose-spec/compose-spec/blob/main/build.md. */
import { type CommandPurpose, commandPurpose } from '../../knowledge/index.ts';
import { at, type Data, entriesOf, entryOf, itemsOf, mergedData, namedValues, textOf } from './data.ts';
import type { BuildCall, CallPurpose, Mention } from './evidence.ts';
import { inlineOf, withInline } from './inline.ts';
import { contextOf, dockerfileOf, secretId } from './parts.ts';
import type { ProjectFile } from './place.ts';
import { filePurpose, firstPurpose, namePurpose, targetPurpose } from './purpose.ts';

/** The services that a compose file builds. `main`: the file that variants such as compose.prod.yaml are laid over. */
export function* readCompose(data: Data, file: ProjectFile, main?: Data): Iterable<BuildCall> {
  for (const [name, { line, value }] of entriesOf(at(data, 'services'))) {
    const service = extended(value, data, 4);
    const build = at(service, 'build');
    if (build === undefined) continue;
    const inline = inlineOf(at(build, 'dockerfile_inline'), interpolated);
    const whole = withDefaults(build, at(main, 'services', name, 'build'));
    // What is written into the file that this one is laid over is told of that file.
    if (inline === undefined && at(whole, 'dockerfile_inline') !== undefined) continue;
    const call = serviceCall(name, line, service, whole, file);
    yield inline === undefined ? call : withInline(call, inline);
  }
}

/** `extends` within the same file. */
function extended(service: Data, data: Data, depth: number): Data {
  const parent = at(service, 'extends');
  const name = textOf(parent) ?? (at(parent, 'file') === undefined ? textOf(at(parent, 'service')) : undefined);
  const base = name === undefined ? undefined : at(data, 'services', name);
  return base === undefined || depth === 0
    ? service
    : mergedData(asMap(extended(base, data, depth - 1)), asMap(service));
}

/** `build: DIR` is short for `build: {context: DIR}`. */
function asMap(service: Data): Data {
  const build = entryOf(service, 'build');
  if (service.kind !== 'map' || build === undefined) return service;
  return { ...service, entries: new Map([...service.entries, ['build', { ...build, value: longForm(build.value) }]]) };
}

const longForm = (build: Data): Data =>
  build.kind === 'text'
    ? { kind: 'map', line: build.line, entries: new Map([['context', { line: build.line, value: build }]]) }
    : build;

const withDefaults = (build: Data, main: Data | undefined): Data =>
  main === undefined ? longForm(build) : mergedData(longForm(main), longForm(build));

function serviceCall(name: string, line: number, service: Data, build: Data, file: ProjectFile): BuildCall {
  const mention = (data: Data | undefined): Mention | undefined => {
    const text = interpolated(textOf(data));
    return data === undefined || text === undefined ? undefined : { name: text, at: file.place(data.line) };
  };
  const context = contextOf(interpolated(textOf(at(build, 'context')) ?? '.'), file.folder);
  const named = at(build, 'dockerfile');
  const dockerfile = dockerfileOf(
    named === undefined ? undefined : { value: interpolated(textOf(named)) },
    context,
    context,
  );
  const target = at(build, 'target');
  const user = mention(at(service, 'user'));
  return {
    by: 'compose',
    at: file.place(entryOf(service, 'build')?.line ?? line),
    name,
    ...(dockerfile === undefined ? {} : { dockerfile }),
    ...(context === undefined ? {} : { context }),
    target: target === undefined ? 'final' : (mention(target) ?? 'unknown'),
    purpose: servicePurpose(name, service, build, context, file),
    arguments: namedValues(at(build, 'args')).map(({ name: argument, line: where, value }) => {
      const text = interpolated(value);
      return { name: argument, at: file.place(where), ...(text === undefined ? {} : { value: text }) };
    }),
    secrets: itemsOf(at(build, 'secrets')).flatMap((item) => {
      const id = textOf(at(item, 'target')) ?? textOf(at(item, 'source')) ?? secretId(textOf(item) ?? '');
      return id === undefined ? [] : [{ name: id, at: file.place(item.line) }];
    }),
    namedContexts: namedValues(at(build, 'additional_contexts')).map((each) => ({
      name: each.name,
      at: file.place(each.line),
    })),
    ...(user === undefined ? {} : { user }),
    ...probeOf(at(service, 'healthcheck'), file),
    ...(['development-server', 'test', 'lint'].includes(startOf(service)) ? { startsForDevelopers: true } : {}),
  };
}

/** `test` of a check that is not switched off; none where a word of it is not known. */
function probeOf(check: Data | undefined, file: ProjectFile): Pick<BuildCall, 'probe'> {
  const test = at(check, 'test');
  if (test === undefined || textOf(at(check, 'disable')) === 'true') return {};
  const [kind, ...words] = test.kind === 'list' ? test.items.map(textOf) : ['CMD-SHELL', textOf(test)];
  const known = words.map((word) => interpolated(word)).filter((word) => word !== undefined);
  if (known.length < words.length || known.length === 0 || (kind !== 'CMD' && kind !== 'CMD-SHELL')) return {};
  const form = kind === 'CMD' ? 'exec' : 'shell';
  const line = form === 'exec' ? known.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ') : known.join(' ');
  return { probe: { line, form, at: file.place(test.line) } };
}

/** What the command that a service sets starts. */
function startOf(service: Data): CommandPurpose {
  const command = wordsOf(at(service, 'command')) ?? wordsOf(at(service, 'entrypoint'));
  return command === undefined ? 'unknown' : commandPurpose(command);
}

/** What a service is for: by the source that is mounted into it, its command, its name, its file. */
function servicePurpose(
  name: string,
  service: Data,
  build: Data,
  context: string | undefined,
  file: ProjectFile,
): CallPurpose {
  const does = startOf(service);
  const environment = namedValues(at(service, 'environment'));
  const mode = environment.find((each) => each.name === 'NODE_ENV' || each.name === 'APP_ENV')?.value;
  const mounted = itemsOf(at(service, 'volumes')).some((volume) => mountsSource(volume, context, file.folder));
  return firstPurpose([
    mounted || at(service, 'develop') !== undefined || does === 'development-server' ? 'development' : 'unknown',
    does === 'test' || does === 'lint' ? 'test' : 'unknown',
    mode === 'development' || mode === 'test' || mode === 'production' ? mode : 'unknown',
    namePurpose(name),
    ...itemsOf(at(service, 'profiles')).map((profile) => namePurpose(textOf(profile) ?? '')),
    targetPurpose(textOf(at(build, 'target')) ?? ''),
    filePurpose(file.name),
  ]);
}

function wordsOf(data: Data | undefined): readonly (string | undefined)[] | undefined {
  if (data?.kind === 'list') return data.items.map(textOf);
  const text = textOf(data);
  const inner = text === undefined ? undefined : (/^(?:ba)?sh -l?c ["']?(.*?)["']?$/s.exec(text)?.[1] ?? text);
  return inner?.trim().split(/\s+/);
}

/** Folders of a project that hold what developers edit. */
const sourceFolders =
  /^(?:src|app|apps|lib|server|client|api|web|frontend|backend|packages|pages|components|public|test|tests)$/;

/** Whether a bind mount brings in the context itself, or a folder of source in it: then the image is for development. */
function mountsSource(volume: Data, context: string | undefined, folder: string): boolean {
  const short = textOf(volume)?.split(':');
  const source = volume.kind === 'map' ? textOf(at(volume, 'source')) : short?.length === 1 ? undefined : short?.[0];
  if (source === undefined || context === undefined || !/^[./]|^\$\{?PWD/.test(source)) return false;
  const path = contextOf(interpolated(source.replace(/^\$(?:PWD|\{PWD\})/, '.')), folder);
  if (path === context) return true;
  if (path === undefined || !path.startsWith(context === '/' ? '/' : `${context}/`)) return false;
  const inside = path
    .slice(context.length)
    .split('/')
    .filter((part) => part !== '');
  return !/\.\w+$/.test(inside.at(-1) ?? '') && inside.some((part) => sourceFolders.test(part));
}

/** `${NAME:-default}` comes to its default, other variables make the text unknown; `$$` is a dollar sign. */
export function interpolated(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  let known = true;
  const value = text.replace(
    /\$(?:\$|\{(\w+)(?:(:?-)([^}]*)|(?!\w|:?-)[^}]*)(?:\}|$)|\w+)/g,
    (whole, _, operator, fallback) => {
      if (whole === '$$') return '$';
      if (operator === undefined) known = false;
      return typeof fallback === 'string' ? fallback : '';
    },
  );
  return known ? value : undefined;
}
