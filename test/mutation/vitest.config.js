/** Bundled tests (see run.js) in one thread that keeps its modules. */
export default {
  test: {
    include: ['test/mutated/*.test.js'],
    pool: 'threads',
    isolate: false,
    // Random scripts and builds: fewer than elsewhere, as they run for many mutants.
    env: { FILE_SEEDS: '1', FILE_RUNS: '60', GENERATOR_RUNS: '300' },
    testTimeout: 30_000,
  },
};
