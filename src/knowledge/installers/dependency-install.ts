/** Commands of other ecosystems than Node.js that download what a manifest names. */
import { compiledFlags, compiledInstallers } from './compiled-installers.ts';
import {
  type DependencyInstall,
  type InstallerReader,
  type InstallerSetting,
  type InstallerSituation,
  type InstallerWords,
  installerCall,
} from './installer.ts';
import { jvmFlags, jvmInstallers } from './jvm-installers.ts';
import { pythonFlags, pythonInstallers } from './python-installers.ts';
import { scriptFlags, scriptInstallers } from './script-installers.ts';

interface Installer {
  readonly read: InstallerReader;
  /** Flags that take the next word. */
  readonly valued: ReadonlySet<string>;
}

const families = [
  [pythonInstallers, pythonFlags],
  [jvmInstallers, jvmFlags],
  [scriptInstallers, scriptFlags],
  [compiledInstallers, compiledFlags],
] as const;

const installers: ReadonlyMap<string, Installer> = new Map(
  families.flatMap(([readers, valued]) => readers.map(([name, read]) => [name, { read, valued }] as const)),
);

const nothingAround: InstallerSituation = { environment: () => null, setting: () => null };

/** The install of dependencies that these words are, or the setting they make for later ones; undefined for other commands. */
export function dependencyInstall(
  words: InstallerWords,
  situation: InstallerSituation = nothingAround,
): DependencyInstall | InstallerSetting | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const name = first.slice(first.lastIndexOf('/') + 1);
  if (/^python[\d.]*$/.test(name)) {
    const at = rest.indexOf('-m');
    const module = at === -1 ? undefined : rest[at + 1];
    return module !== undefined && /^(?:pip|pipenv|poetry|pdm|uv)$/.test(module)
      ? dependencyInstall([first.slice(0, first.length - name.length) + module, ...rest.slice(at + 2)], situation)
      : undefined;
  }
  const installer = installers.get(/^pip[\d.]*$/.test(name) ? 'pip' : name);
  return installer?.read(installerCall(first, rest, installer.valued, situation));
}
