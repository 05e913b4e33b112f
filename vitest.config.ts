import { defineConfig } from 'vitest/config'

/** Own configuration: without it vitest would inherit the page's Vite root and find no test. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['test/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 120_000,
    passWithNoTests: false,
  },
})
