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
