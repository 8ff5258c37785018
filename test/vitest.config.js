/**
 * `npm test`. Test files share the modules that a worker has loaded, which takes a fifth less time than to load them for
 * each file. Those that measure time get a process of their own: what others have left in memory would be measured, too.
 */
const timed = [
  '**/{fuzz,ignores,report-text,scaling,shell-run}.test.ts',
  '**/*robustness.test.ts',
  '**/regular-expressions.test.ts',
];
const elsewhere = '**/{findings,parity,random-builds,random-installs,web,vscode}/**';

export default {
  test: {
    // Else one core of two is left to itself.
    maxWorkers: '100%',
    testTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'timed', dir: 'test', include: timed, exclude: [elsewhere] } },
      { extends: true, test: { name: 'all', dir: 'test', exclude: [elsewhere, ...timed], isolate: false } },
    ],
  },
};
