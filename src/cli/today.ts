/** The day by the clock of this machine: where the command is run, a new day begins at midnight there. */

/** As 2027-01-31. */
export function today(): string {
  const now = new Date();
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
