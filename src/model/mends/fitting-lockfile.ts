/** Whether a lockfile fits its manifest, so that an install that keeps to it cannot stop. */

/** True when it is certain: npm's lockfile 2 and 3, and that of yarn 1, of a project without workspaces. */
export function locksAll(manager: string, manifest: string | undefined, lockfile: string | undefined): boolean {
  const project = manifest === undefined ? undefined : objectIn(manifest);
  if (project === undefined || lockfile === undefined) return false;
  if (['workspaces', 'overrides', 'resolutions'].some((key) => project[key] !== undefined)) return false;
  if (manager === 'npm') return npmLocksAll(project, objectIn(lockfile));
  return manager === 'yarn' && yarnLocksAll(project, lockfile);
}

const sections = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** npm notes the ranges of the manifest in the entry of the project, and every package that it installs beside it. */
function npmLocksAll(project: Fields, lockfile: Fields | undefined): boolean {
  const packages = objectOf(lockfile?.['packages']);
  const root = objectOf(packages?.['']);
  if (packages === undefined || root === undefined) return false;
  return sections.every((section) => {
    const wanted = Object.entries(objectOf(project[section]) ?? {});
    const noted = objectOf(root[section]) ?? {};
    return (
      wanted.length === Object.keys(noted).length &&
      wanted.every(([name, range]) => noted[name] === range && packages[`node_modules/${name}`] !== undefined)
    );
  });
}

/** Each entry is headed by what was asked for: `"name@range", name@range:`. */
function yarnLocksAll(project: Fields, lockfile: string): boolean {
  if (!lockfile.includes('# yarn lockfile v1')) return false;
  const asked = new Set(
    lockfile
      .split(/\r?\n/)
      .filter((line) => /^[^\s#].*:$/.test(line))
      .flatMap((line) => line.slice(0, -1).split(', '))
      .map((each) => each.replaceAll('"', '')),
  );
  return sections
    .slice(0, 3)
    .every((section) =>
      Object.entries(objectOf(project[section]) ?? {}).every(([name, range]) => asked.has(`${name}@${range}`)),
    );
}

type Fields = Readonly<Record<string, unknown>>;

function objectIn(text: string): Fields | undefined {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOf = (value: unknown): Fields | undefined => (isObject(value) ? value : undefined);
