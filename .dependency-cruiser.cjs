/** The house's one direction: index -> handler -> core; handler -> ports <- adapters; two homes (lib/cloud, lib/local) that do not know each other. */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-is-pure',
      comment: 'The core imports only itself, zod and the zone library.',
      severity: 'error',
      from: { path: '^functions/core/' },
      to: { pathNot: ['^functions/core/', 'node_modules/(zod|temporal-polyfill)/'] },
    },
    {
      name: 'functions-know-no-home',
      comment: 'Handlers run in either home and know neither.',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^(lib|bin|test)/' },
    },
    {
      name: 'handlers-see-ports-only',
      comment: 'Only index.ts wires adapters; handlers take ports.',
      severity: 'error',
      from: { path: '^functions/[^/]+/', pathNot: ['^functions/adapters/', 'index\\.ts$'] },
      to: {
        path: '^functions/adapters/',
        pathNot: ['^functions/adapters/[a-z-]*ports\\.ts$', '^functions/adapters/page\\.ts$'],
      },
    },
    {
      name: 'cloud-does-not-know-local',
      severity: 'error',
      from: { path: '^lib/cloud/' },
      to: { path: '^lib/local/' },
    },
    {
      name: 'cloud-takes-only-names-and-schemas',
      severity: 'error',
      from: { path: '^lib/cloud/' },
      to: { path: '^functions/', pathNot: '^functions/core/' },
    },
    {
      name: 'local-reads-the-template-not-the-constructs',
      severity: 'error',
      from: { path: '^lib/local/' },
      to: { path: '^lib/cloud/' },
    },
    {
      name: 'checker-shares-no-code-with-the-product',
      comment:
        'What judges a run reads only what the world saw, so that both can never be wrong in the same way.',
      severity: 'error',
      from: { path: '^test/simulation/checker/' },
      to: { path: '^(functions|lib|bin)/|^aftercare\\.config\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
