/** What manifests of other ecosystems than Node.js say: folders of the project that an install needs, packages for development. */

interface ManifestKind {
  /** The name of the manifest, without its directory. */
  readonly name: RegExp;
  readonly needsSource: RegExp;
}

const kinds: readonly ManifestKind[] = [
  // https://pip.pypa.io/en/stable/reference/requirements-file-format/
  {
    name: /\.(?:txt|in|pip)$/,
    needsSource: /^[ \t]*(?:(?:-e|--editable)[ =]?[ \t]*)?(?:\.{1,2}(?:[/[]|[ \t]*$)|file:\.)/m,
  },
  // Path dependencies of Poetry, workspaces and path sources of uv.
  { name: /^pyproject\.toml$/, needsSource: /\{[^{}\n]{0,300}\b(?:path[ \t]*=[ \t]*"|workspace[ \t]*=[ \t]*true)/ },
  { name: /^Pipfile$/, needsSource: /\{[^{}\n]{0,300}\bpath[ \t]*=[ \t]*"/ },
  // `gemspec` evaluates the gem's own specification, which lists files and reads the version from the source.
  { name: /^Gemfile$|gemfile/, needsSource: /^[ \t]*(?:gemspec\b|gem[ \t(].*\bpath(?::|[ \t]*=>)|path[ \t]+["'])/m },
  { name: /^composer.*\.json$/, needsSource: /"type"[ \t]*:[ \t]*"path"/ },
  { name: /^go\.mod$/, needsSource: /=>[ \t]*\.{1,2}\// },
  { name: /^go\.work$/, needsSource: /(?:)/ },
  { name: /^Cargo\.toml$/, needsSource: /^\[workspace\]|\bpath[ \t]*=[ \t]*"\.{0,2}\w*\//m },
  { name: /^pom\.xml$/, needsSource: /<modules>/ },
  { name: /^mix\.exs$/, needsSource: /\bin_umbrella:|\bpath:[ \t]*"|apps_path:/ },
  { name: /^pubspec\.yaml$/, needsSource: /^[ \t]+path:[ \t]*\.{1,2}\//m },
];

/** Whether an install from this manifest needs more of the project than manifests. */
export function manifestNeedsSource(path: string, text: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return kinds.some((kind) => kind.name.test(name) && kind.needsSource.test(text));
}

/** Where manifests name packages for development. */
const developmentSections: readonly { readonly name: RegExp; readonly names: RegExp }[] = [
  { name: /^composer.*\.json$/, names: /"require-dev"\s*:\s*\{\s*"/ },
  { name: /^Gemfile$|gemfile/, names: /\bgroups?\b[^\n#]{0,200}:?\bdevelopment\b/ },
  { name: /^Pipfile$/, names: /^\[dev-packages\][ \t\r]*\n\s*[\w"]/m },
  {
    name: /^pyproject\.toml$/,
    names:
      /^\[(?:tool\.poetry\.(?:dev-dependencies|group\.dev\.dependencies)|tool\.pdm\.dev-dependencies|dependency-groups)\][ \t\r]*\n\s*[\w"]|^dev-dependencies[ \t]*=[ \t]*\[\s*"/m,
  },
  { name: /^mix\.exs$/, names: /only:[ \t]*(?:\[[ \t]*)?:(?:dev|test)\b/ },
];

/** Whether a manifest names packages for development; `unknown` where its kind does not say. */
export function manifestNamesDevelopment(path: string, text: string): 'yes' | 'no' | 'unknown' {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const section = developmentSections.find((each) => each.name.test(name));
  return section === undefined ? 'unknown' : section.names.test(text) ? 'yes' : 'no';
}
