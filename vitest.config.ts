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
    /* One more than the two cores this is meant for: many tests wait for a browser, or for a runtime in a process of its own. */
    maxWorkers: 3,
    sequence: { sequencer: SlowFirst },
    globalSetup: ['test/e2e/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
