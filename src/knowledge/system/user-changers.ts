/** Programs that run others as another account. */

/** Those with which root gives its rights up for the program that it starts. */
const droppers: ReadonlySet<string> = new Set([
  'gosu',
  'su-exec',
  'setpriv',
  's6-setuidgid',
  'chpst',
  'runuser',
  'setuidgid',
]);

/** By the name alone; of `su` and `sudo` the words say who the other account is. */
export const isPrivilegeDropper = (name: string | undefined): boolean => name !== undefined && droppers.has(name);

/** Whether what it runs may be of another account than who calls it. */
export const changesAccount = (name: string | undefined): boolean =>
  isPrivilegeDropper(name) || name === 'sudo' || name === 'su' || name === 'doas';
