import { defineConfig } from 'vitest/config'
import { mutationPart } from './scripts/mutation-parts.mjs'

/** The tests of one part, for Stryker only: fast ones that run in this process. */
export default defineConfig({
  test: {
    globalSetup: ['./vite/workers.ts'],
    environment: 'node',
    include: mutationPart(process.env.MUTATION_PART).tests,
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
})
