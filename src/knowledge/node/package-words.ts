/**
 * Words that name a package to npm, yarn, pnpm and bun, and what they say of its version.
 *
 * By https://docs.npmjs.com/cli/commands/npm-install and https://docs.npmjs.com/cli/using-npm/package-spec.
 */
import { isMovingName } from '../installers/package-request.ts';

export interface PackageWord {
  /** `turbo`, `@nestjs/cli`; absent for repositories. */
  readonly name?: string;
  /** `moving`: no version, a tag or a branch; `range`: some releases; `exact`: one. */
  readonly version: 'moving' | 'range' | 'exact';
}

/** `serve`, `@vue/cli@5`, `serve@latest`, `alias@npm:serve`, `vercel/serve`, `git+https://…/serve.git#main`; undefined for folders and archives. */
export function packageWord(word: string): PackageWord | undefined {
  if (/^https:\/\/github\.com\/[^/]+\/[^/#]+(?:\.git)?$/.test(word)) return { version: 'moving' };
  if (word === '' || /^[-.~/]|^(?:file|link|workspace|portal|https?):|\.t(?:ar\.)?gz$|\.tar$|\/$/.test(word))
    return undefined;
  if (/^(?:git[@+:]|github:|gitlab:|bitbucket:|gist:|ssh:)|^[\w-]+(?:\.[\w-]+)*\/[^@]/.test(word)) {
    const [, reference] = /#(.+)/s.exec(word) ?? [];
    return { version: reference === undefined || isMovingName(reference) ? 'moving' : 'exact' };
  }
  const [, name = word, version] = /^(@?[^@]+)@(.*)$/.exec(word) ?? [];
  if (version === undefined) return { name, version: 'moving' };
  if (/^npm:/.test(version)) return packageWord(version.slice('npm:'.length));
  if (/^(?:git[@+:]|github:)/.test(version)) return packageWord(version);
  if (/^(?:[a-zA-Z][\w-]*|\*|)$/.test(version)) return { name, version: 'moving' };
  return { name, version: /^=?v?\d+\.\d+\.\d+(?:[-+].*)?$/.test(version) ? 'exact' : 'range' };
}

/** Packages that are package managers, or bring them. */
const managers: ReadonlySet<string> = new Set(['npm', 'yarn', 'pnpm', 'bun', 'corepack', '@pnpm/exe']);

export const isManagerPackage = (name: string | undefined): boolean => name !== undefined && managers.has(name);
