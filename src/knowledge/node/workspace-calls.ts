/** Calls that only a project of several packages knows. */

/** By the manuals of npm, pnpm, yarn, turbo and lerna; nx also builds projects that have one manifest. */
const calls: readonly (readonly [program: string, says: RegExp])[] = [
  ['npm', /^(?:-w|--workspaces?(?:=.*)?|-ws)$/],
  ['pnpm', /^(?:-r|--recursive|recursive|-F|--filter(?:=.*)?)$/],
  ['yarn', /^workspaces?$/],
  ['turbo', /^(?:-F|--filter(?:=.*)?)$/],
  ['lerna', /^(?:run|exec)$/],
];

/** Whether a command addresses members of a workspace: `pnpm -r build`, `npx turbo build --filter=api`. */
export const addressesMembers = (words: readonly (string | undefined)[]): boolean =>
  calls.some(([program, says]) => {
    const from = words.indexOf(program);
    return from !== -1 && words.slice(from + 1).some((word) => word !== undefined && says.test(word));
  });

/** Whether a command makes folders of the project dependencies: `npm pkg set dependencies.protos=file:./protos` (https://docs.npmjs.com/cli/commands/npm-pkg). */
export const setsFolderDependencies = ([program, ...words]: readonly (string | undefined)[]): boolean =>
  (program === 'npm' || program === 'pnpm') &&
  words[0] === 'pkg' &&
  words.includes('set') &&
  words.some((word) => word !== undefined && /^\w*[dD]ependencies\b.*=(?:file|link):/.test(word));

/** Whether what is added is a folder or an archive of the project: `./packages/ui`, `ui@file:../ui`, `link:ui`. */
export const isLocalPackage = (name: string): boolean =>
  /^\.{1,2}\/|^(?:(?:@[^@]+|[^@:]+)@)?(?:file|link|portal):/.test(name);
