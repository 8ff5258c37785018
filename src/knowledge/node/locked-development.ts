/**
 * Whether the lockfile of a workspace holds development packages, of its root or of a member.
 *
 * Sources: docs.npmjs.com/cli/configuring-npm/package-lock-json (`dev`, `devOptional`); pnpm's and bun's lockfiles list
 * the manifests of all members with their sections.
 */

/** `unknown` where it does not tell, as those of yarn do not. */
export function lockedDevelopment(name: string, text: string): 'yes' | 'no' | 'unknown' {
  switch (name) {
    case 'package-lock.json':
    case 'npm-shrinkwrap.json':
      if (/"(?:dev|devOptional)":\s*true/.test(text)) return 'yes';
      return /"node_modules\/[^"]+":\s*\{\s*"version"/.test(text) ? 'no' : 'unknown';
    case 'pnpm-lock.yaml': {
      const importers = /^importers:\n((?:[ \t].*\n|\r?\n)*)/m.exec(text)?.[1];
      if (importers === undefined) return 'unknown';
      return /^ {4}devDependencies:/m.test(importers) ? 'yes' : 'no';
    }
    case 'bun.lock': {
      const [from, to] = ['"workspaces":', '"packages":'].map((name) => text.indexOf(name));
      if (from === undefined || to === undefined || from === -1 || to < from) return 'unknown';
      return text.slice(from, to).includes('"devDependencies":') ? 'yes' : 'no';
    }
    default:
      return 'unknown';
  }
}
