/** Commands of other ecosystems than Node.js that download what a manifest names. */

type Words = readonly (string | undefined)[];

export interface DependencyInstall {
  /** `pip`, `bundler`, `go` … */
  readonly ecosystem: string;
  /** It needs manifests only, so that it can run before the source is copied. */
  readonly separable: boolean;
}

const separable = (ecosystem: string): DependencyInstall => ({ ecosystem, separable: true });
const needsSource = (ecosystem: string): DependencyInstall => ({ ecosystem, separable: false });

type Reader = (rest: Words, operands: Words) => DependencyInstall | undefined;

const when = (holds: boolean, found: DependencyInstall): DependencyInstall | undefined => (holds ? found : undefined);

const has = (words: Words, ...wanted: readonly string[]): boolean =>
  words.some((word) => word !== undefined && wanted.includes(word));

/** `pip install -r file` reads a manifest; `pip install .` builds the source; named packages are neither. */
function pipInstall(rest: Words): DependencyInstall | undefined {
  const at = rest.findIndex((word) => word === 'install' || word === 'wheel' || word === 'download' || word === 'sync');
  if (at === -1) return undefined;
  const after = rest.slice(at + 1);
  const isProject = (word: string | undefined): boolean =>
    word !== undefined && /^(?:--editable=|-e)?\.{1,2}(?:$|[/[])/.test(word);
  if (after.some(isProject)) return needsSource('pip');
  if (rest[at] === 'sync') return separable('pip');
  return when(
    after.some((word) => word !== undefined && /^(?:-r|--requirement(?:=|$))/.test(word)),
    separable('pip'),
  );
}

const maven: Reader = (rest) =>
  when(
    rest.some((word) =>
      /(?:^|:)(?:maven-)?dependency(?:-plugin)?:(?:[\d.]+:)?(?:go-offline|resolve|resolve-plugins|copy-dependencies)/.test(
        word ?? '',
      ),
    ),
    separable('maven'),
  );

const gradle: Reader = (_, operands) =>
  when(
    operands.some((word) =>
      /^(?::?[\w-]+:)?(?:dependencies|resolveDependencies|downloadDependencies|resolveAllDependencies)$/.test(
        word ?? '',
      ),
    ),
    separable('gradle'),
  );

const pubGet: Reader = (_, [verb, next]) => when(verb === 'pub' && next === 'get', separable('pub'));

const conda: Reader = (rest, [verb, next]) =>
  when(
    (verb === 'env' && (next === 'create' || next === 'update')) ||
      ((verb === 'install' || verb === 'create') && has(rest, '-f', '--file')),
    separable('conda'),
  );

const onlyDependencies: Reader = (rest) =>
  when(has(rest, '--only-dependencies', '--dependencies-only'), separable('haskell'));

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['pip', pipInstall],
  [
    'pipenv',
    (_, [verb, ...more]) => when((verb === 'install' && more.length === 0) || verb === 'sync', separable('pipenv')),
  ],
  ['poetry', (_, [verb]) => when(verb === 'install' || verb === 'sync', separable('poetry'))],
  ['pdm', (_, [verb]) => when(verb === 'install' || verb === 'sync', separable('pdm'))],
  [
    'uv',
    (rest, [verb]) => {
      if (verb === 'pip') return pipInstall(rest.slice(rest.indexOf('pip') + 1));
      if (verb !== 'sync') return undefined;
      return has(rest, '--no-install-project', '--no-install-workspace') ? separable('uv') : needsSource('uv');
    },
  ],
  ['conda', conda],
  ['mamba', conda],
  ['micromamba', conda],
  ['go', (_, [verb, next]) => when(verb === 'mod' && (next === 'download' || next === 'verify'), separable('go'))],
  [
    'cargo',
    (_, [verb, next]) =>
      when(verb === 'fetch' || verb === 'vendor' || (verb === 'chef' && next === 'cook'), separable('cargo')),
  ],
  ['mvn', maven],
  ['mvnw', maven],
  ['gradle', gradle],
  ['gradlew', gradle],
  ['sbt', (_, operands) => when(has(operands, 'update'), separable('sbt'))],
  ['lein', (_, [verb]) => when(verb === 'deps', separable('lein'))],
  ['composer', (_, [verb]) => when(verb === 'install' || verb === 'i' || verb === 'update', separable('composer'))],
  ['composer.phar', (_, [verb]) => when(verb === 'install' || verb === 'update', separable('composer'))],
  [
    'php',
    (_, [file, verb]) =>
      when(/(?:^|\/)composer(?:\.phar)?$/.test(file ?? '') && verb === 'install', separable('composer')),
  ],
  [
    'bundle',
    (rest, operands) => {
      const [verb] = operands.filter((word) => !/^_[\d.]+_$/.test(word ?? ''));
      return when(
        verb === 'install' || verb === 'update' || (rest.length === 0 && verb === undefined),
        separable('bundler'),
      );
    },
  ],
  ['dotnet', (_, [verb]) => when(verb === 'restore', separable('nuget'))],
  ['nuget', (_, [verb]) => when(verb === 'restore', separable('nuget'))],
  [
    'mix',
    (rest) =>
      when(
        rest.some((word) => /^deps\.get,?$/.test(word ?? '')),
        separable('mix'),
      ),
  ],
  ['rebar3', (_, [verb]) => when(verb === 'get-deps', separable('rebar3'))],
  ['dart', pubGet],
  ['flutter', pubGet],
  ['swift', (_, [verb, next]) => when(verb === 'package' && next === 'resolve', separable('swift'))],
  ['cabal', onlyDependencies],
  ['stack', onlyDependencies],
]);

/** The install of dependencies that these words are; undefined for other commands. */
export function dependencyInstall(words: Words): DependencyInstall | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const name = first.slice(first.lastIndexOf('/') + 1);
  if (/^python[\d.]*$/.test(name)) {
    const at = rest.indexOf('-m');
    return at !== -1 && /^(?:pip|pipenv|poetry|uv)$/.test(rest[at + 1] ?? '')
      ? dependencyInstall(rest.slice(at + 1))
      : undefined;
  }
  const reader = readers.get(/^pip[\d.]*$/.test(name) ? 'pip' : name);
  return reader?.(
    rest,
    rest.filter((word) => word === undefined || !word.startsWith('-')),
  );
}
