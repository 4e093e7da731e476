import { defineConfig } from 'vitest/config';
import { SlowFirst } from './test/slow-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    /* No test mocks a module or leaves anything behind, so files share what they import. */
    isolate: false,
    /* Handlers log a line a run; a test that wants to see them says so. */
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
    /* Many tests wait for a browser or a runtime in a process of its own. */
    maxWorkers: 2,
    sequence: { sequencer: SlowFirst },
    globalSetup: ['test/e2e/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
