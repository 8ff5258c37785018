/**
 * Starts that read what a build has made, and none of its sources.
 *
 * Sources: https://nextjs.org/docs/app/api-reference/cli/next (`next start` serves `.next`), https://nuxt.com/docs/guide
 * (`.output`), the `outDir` of https://www.typescriptlang.org/tsconfig in common use.
 */
const outputs = /^(?:\.\/)?(?:\/[\w./-]*\/)?(?:dist|build|out|lib|\.output|\.next)\//;

/** `next start`, `node dist/main.js`: a single command without a loader that compiles on the way. */
export function runsCompiled(words: readonly (string | undefined)[]): boolean {
  if (
    words.some(
      (word) => word === undefined || /[;&|$`<>()]|src\/|ts-node|tsx|^--?(?:r|require|import|loader)\b/.test(word),
    )
  )
    return false;
  const [program, ...rest] = words.filter((word) => word !== undefined && !/^\w+=|^cross-env$/.test(word));
  if (program === 'next') return rest[0] === 'start';
  const operand = rest.find((word) => word?.startsWith('-') !== true);
  return program === 'node' && operand !== undefined && outputs.test(operand);
}
