/**
 * Variables that only builds and installs read. debconf(7) and Docker's FAQ on `DEBIAN_FRONTEND`; `go help environment`;
 * GNU make's `MAKEFLAGS`; the documentation of husky, Cypress, Puppeteer and Create React App.
 */

const always: ReadonlyMap<string, RegExp> = new Map([
  ['DEBIAN_FRONTEND', /^noninteractive$/],
  ['DEBCONF_NONINTERACTIVE_SEEN', /./],
  ['CGO_ENABLED', /./],
  ['MAKEFLAGS', /./],
  ['HUSKY', /^0$/],
  ['HUSKY_SKIP_INSTALL', /./],
  ['CYPRESS_INSTALL_BINARY', /./],
  ['GENERATE_SOURCEMAP', /./],
  ['PUPPETEER_SKIP_DOWNLOAD', /./],
  ['PUPPETEER_SKIP_CHROMIUM_DOWNLOAD', /./],
]);

/** A heap this large, in megabytes, is there for bundlers as a rule. */
const bundlerHeap = 4096;

/** `perhaps`: the program may want it, too, unless something is built after it. */
export function isBuildSetting(name: string, value: string): 'yes' | 'perhaps' | 'no' {
  if (always.get(name)?.test(value) === true) return 'yes';
  const heap = name === 'NODE_OPTIONS' ? /--max[-_]old[-_]space[-_]size=(\d+)/.exec(value)?.[1] : undefined;
  return heap !== undefined && Number(heap) >= bundlerHeap ? 'perhaps' : 'no';
}
