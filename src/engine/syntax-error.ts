/** What BuildKit refuses, described like a rule so that it can be explained like one. */
export const syntaxError = {
  id: 'syntax-error',
  says: 'BuildKit cannot read this',
  because: 'The build stops before its first step.',
  instead: 'Write what BuildKit expects here.',
  category: 'correctness',
  severity: 'error',
  confidence: 'certain',
} as const;
