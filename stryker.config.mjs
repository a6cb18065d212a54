import { mutationPart } from './scripts/mutation-parts.mjs'

const part = mutationPart(process.env.MUTATION_PART)

/**
 * Mutation testing of one part of the server (`npm run mutation -- validation`): each mutant is one small change to the code,
 * and some test must fail because of it. See docs/mutation.md.
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  // By default only tests that import the part are run; scripts/mutation-parts.mjs names those that go through HTTP, too.
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  mutate: part.mutate,
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // A slow machine must not count as a mutant that a test killed.
  timeoutMS: 60_000,
  timeoutFactor: 4,
  incremental: true,
  incrementalFile: `.mutation/${part.name}.incremental.json`,
  tempDirName: '.mutation/sandbox',
  reporters: ['progress-append-only', 'json'],
  jsonReporter: { fileName: `.mutation/${part.name}.json` },
  ignorePatterns: ['data', 'dist', 'docs', 'bench/results', '.git', 'test-results'],
  allowEmpty: false,
  thresholds: { high: 95, low: 90, break: null },
}
