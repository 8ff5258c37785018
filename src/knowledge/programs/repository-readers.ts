/** What reads the git repository that it is in: for the number of a version, for the date of a page. */

const subcommands =
  'rev-parse|describe|log|show|rev-list|show-ref|symbolic-ref|status|diff|ls-files|name-rev|shortlog|blame|submodule|tag|branch|cat-file';

/** As a shell writes it, and as programs do: `execSync('git describe')`, `spawn('git', ['log'])`. */
const call = new RegExp(String.raw`\bgit(?:\s+|['"],?\s*[([]*\s*['"])(?:-\S+\s+\S+\s+)?(?:${subcommands})\b`);

/** Packages and settings by the documentation of each, for Node.js, Python, the JVM, Rust and .NET. */
const readers =
  /git-revision-webpack-plugin|git-rev(?:ision|-sync)?\b|\bgit-(?:describe|repo-info|last-commit|commit-info|commit-id|version)\b|\b(?:simple|isomorphic)-git\b|\bnodegit\b|unplugin-(?:info|git)|vite-plugin-git|setuptools[-_]scm|hatch-vcs|\bversioneer\b|\bdunamai\b|dynamic-versioning|git-properties|\bvergen\b|GitVersion|MinVer\b|showLastUpdate(?:Time|Author)|\blastUpdated:\s*true/;

export const mayReadRepository = (text: string): boolean => call.test(text) || readers.test(text);

/** Whether a call of git is about the repository of its folder. */
export const isRepositoryCall = ([name, ...words]: readonly (string | undefined)[]): boolean =>
  name === 'git' && words.some((word) => word !== undefined && new RegExp(`^(?:${subcommands})$`).test(word));
