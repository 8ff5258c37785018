/** Variables that bundlers write into the files they make, so that setting them later has no effect. */

export interface BuildVariable {
  readonly tool: string;
  /** A server that runs the build's output may still read it: only what the browser gets is fixed. */
  readonly serverReadsIt: boolean;
}

/**
 * By the tools' own documentation: https://vite.dev/guide/env-and-mode, https://create-react-app.dev/docs/adding-custom-environment-variables,
 * https://cli.vuejs.org/guide/mode-and-env.html, https://nextjs.org/docs/app/guides/environment-variables,
 * https://www.gatsbyjs.com/docs/how-to/local-development/environment-variables, https://docs.expo.dev/guides/environment-variables.
 * NUXT_PUBLIC_ is read at run time; PUBLIC_ (SvelteKit, Astro) can be either.
 */
const byPrefix: readonly (readonly [string, BuildVariable])[] = [
  ['VITE_', { tool: 'Vite', serverReadsIt: false }],
  ['REACT_APP_', { tool: 'Create React App', serverReadsIt: false }],
  ['VUE_APP_', { tool: 'Vue CLI', serverReadsIt: false }],
  ['GATSBY_', { tool: 'Gatsby', serverReadsIt: false }],
  ['EXPO_PUBLIC_', { tool: 'Expo', serverReadsIt: false }],
  ['NEXT_PUBLIC_', { tool: 'Next.js', serverReadsIt: true }],
];

/** The bundler that fixes this variable while it builds; undefined for other variables. */
export function buildVariable(name: string): BuildVariable | undefined {
  return byPrefix.find(([prefix]) => name.startsWith(prefix) && name !== prefix)?.[1];
}
