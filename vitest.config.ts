import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Many tests wait for a process, a server or a rate limit: one at a time would leave cores idle.
    maxWorkers: Math.max(2, availableParallelism()),
    // Where `src/cli/main.ts` keeps it too: a child process starts in a third of a second, not in three.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    coverage: { provider: 'v8', include: ['src/**/*.ts', 'connectors/**/*.ts', 'sandbox/**/*.ts'] },
  },
});
