/** Time as the processor counts it, so that what else the machine does does not count. */

/** Milliseconds that this process has worked. */
export function millisecondsUsed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
