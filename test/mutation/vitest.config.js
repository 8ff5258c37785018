/** Bundled tests (see run.js) in one thread that keeps its modules. */
export default {
  test: {
    include: ['test/mutated/*.test.js'],
    pool: 'threads',
    isolate: false,
    testTimeout: 30_000,
  },
};
