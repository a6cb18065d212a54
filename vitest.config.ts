import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { content } from './vite/content.ts'

/** Many tests start real servers and hash real passwords; a busy machine of two cores must not fail them. */
const patience = { testTimeout: 30_000, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    // Vitest would leave a core to itself: on two, everything would run one after another.
    maxWorkers: '100%',
    globalSetup: ['./vite/workers.ts', './scripts/stop-postgres.mjs'],
    projects: [
      {
        plugins: [vue()],
        test: {
          name: 'node',
          environment: 'node',
          ...patience,
          include: ['**/*.test.ts'],
          exclude: ['node_modules/**', 'dist/**', '.mutation/**', 'e2e/**', 'web/**'],
        },
      },
      {
        plugins: [vue(), content()],
        test: {
          name: 'web',
          environment: 'jsdom',
          ...patience,
          include: ['web/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'promises',
          environment: 'node',
          ...patience,
          include: ['e2e/{faults,attacks}/**/*.test.ts'],
          globalSetup: ['./e2e/support/built.ts'],
        },
      },
    ],
  },
})
