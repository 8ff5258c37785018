/**
 * `npm run coverage`: which lines and branches of src and rules the tests run. Left out is what runs in other processes,
 * where nothing is counted: browsers and editors, the action, the language server, the MCP server, threads and the start of
 * the command. Tests that measure time are left out, too, as counting takes time, and the properties of all fixes.
 */
export default {
  test: {
    dir: 'test',
    exclude: [
      '**/{findings,labels,parity,random-builds,random-installs,web,vscode}/**',
      '**/{action,api-package,fix-properties,fuzz,mcp,package,release,start-up}.test.ts',
      '**/{cli-built-*,lsp-*,*robustness,regular-expressions,pre-commit}.test.ts',
    ],
    testTimeout: 120_000,
    coverage: {
      enabled: true,
      provider: 'v8',
      reportOnFailure: true,
      include: ['src/**/*.ts', 'rules/**/*.ts'],
      exclude: ['src/{web,editors,action,language-server,mcp}/**', 'src/cli/{start,worker}.ts'],
      reporter: ['text-summary', 'json', 'html'],
      thresholds: { lines: 95, branches: 90 },
    },
  },
};
