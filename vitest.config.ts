import { availableParallelism } from 'node:os'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { content } from './vite/content.ts'
import { LongestFirst } from './vite/longest-first.ts'

/**
 * These limits only end tests that hang; none measures speed. A machine whose two cores are shared by twenty busy processes
 * takes ten times as long as an idle one and must still pass.
 */
const timeouts = {
  testTimeout: 180_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000 } },
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Two more than there are cores, since many tests wait for a clock or a disk. By default Vitest keeps a core for itself.
    maxWorkers: availableParallelism() + 2,
    globalSetup: ['./vite/workers.ts', './scripts/stop-postgres.mjs'],
    projects: [
      {
        plugins: [vue()],
        test: {
          name: 'node',
          environment: 'node',
          ...timeouts,
          include: ['**/*.test.ts'],
          exclude: ['node_modules/**', 'dist/**', '.mutation/**', 'e2e/**', 'web/**'],
        },
      },
      {
        plugins: [vue(), content()],
        test: {
          name: 'web',
          environment: 'jsdom',
          ...timeouts,
          include: ['web/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'guarantees',
          environment: 'node',
          ...timeouts,
          include: ['e2e/{faults,attacks}/**/*.test.ts'],
          globalSetup: ['./scripts/ensure-built.mjs'],
        },
      },
    ],
  },
})
