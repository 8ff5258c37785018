/**
 * What `next build` with `output: 'standalone'` copies beside the server: these settings and none of
 * `.env.local`, `.env.production.local` (vercel/next.js#34143, #46296, #59130).
 */
export const standaloneSettings: readonly string[] = ['.env', '.env.production'];
