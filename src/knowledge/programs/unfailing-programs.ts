/** Commands by what their status says of the commands before them. */

type Words = readonly (string | undefined)[];
const names = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** They succeed whatever went wrong before: nothing that an install, a download or a build makes has to be there. */
const unfailing = names(
  'echo printf : true mkdir export set unset cd sleep date pwd env printenv whoami id exit umask',
);

/** Whether a command succeeds whatever went wrong before it. */
export function succeedsAnyway(name: string, words: Words): boolean {
  if (unfailing.has(name)) return !(name === 'exit' && /^[1-9]/.test(words[0] ?? ''));
  switch (name) {
    case 'rm':
      return words.some((word) => word !== undefined && /^(?:-(?=[a-zA-Z]*f)[a-zA-Z]+|--force)$/.test(word));
    case 'touch':
      return words.every(
        (word) => word !== undefined && /^(?:-|\/(?:etc|tmp|var|srv|opt|root)\/[^/]*$|[^/]*$)/.test(word),
      );
    case 'apt-get':
    case 'apt':
      return words.some((word) => /^(?:auto)?clean$/.test(word ?? ''));
    case 'npm':
      return words[0] === 'cache' && words.includes('--force');
    case 'yarn':
    case 'pip':
    case 'pip3':
      return words[0] === 'cache';
    default:
      return false;
  }
}

const fetchers = names('curl wget git gpg svn aria2c');
const builders = names(
  'make cmake ninja tsc vite webpack gradle gradlew mvn mvnw cargo go dotnet bundle composer gem pip pip3 poetry pipenv uv conda mamba',
);
const managers = names('npm pnpm yarn bun apt-get apt apk yum dnf microdnf zypper pacman');

/** Commands that fetch, install or build, which goes wrong some day: what they do is what the RUN is there for. */
export function doesTheWork(name: string, words: Words): boolean {
  if (fetchers.has(name)) return name !== 'git' || /^(?:clone|fetch|pull|checkout|submodule)$/.test(words[0] ?? '');
  if (builders.has(name)) return !/^(?:--?[vV]|--version|version|env|config)$/.test(words[0] ?? '');
  if (!managers.has(name)) return false;
  if (name === 'pacman') return words.some((word) => /^-S\w*$|^--sync$/.test(word ?? ''));
  const subcommand = words.find((word) => word !== undefined && !word.startsWith('-'));
  return /^(?:i|ci|install|add|run|build|upgrade|exec|test|groupinstall)$/.test(subcommand ?? '');
}
