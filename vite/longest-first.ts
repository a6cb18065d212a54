import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take longer than 20 s on two cores, the longest first. */
const LONG = [
  'original/facts/facts.test.ts',
  'web/playground/export/run-exports.test.ts',
  'original/tab/tab.test.ts',
  'server/lessons.test.ts',
  'original/record/original.test.ts',
  'deck/mistakes.test.ts',
  // Not beside tab.test.ts, which makes the bundle first where there is none.
  'web/original/run/lessons-on-original.test.ts',
  'web/original/run/bugs-on-original.test.ts',
  'scripts/practice/practice.test.ts',
  'e2e/faults/clocks.test.ts',
  'e2e/faults/slow-readers.test.ts',
  'server/interview/rules/sequences.test.ts',
  'scripts/start.test.ts',
  'scripts/content-check/content-check.test.ts',
  'server/project/pools.test.ts',
  'e2e/faults/classroom.test.ts',
  'e2e/attacks/evidence.test.ts',
  'e2e/faults/frozen-database.test.ts',
  'web/playground/export/written-requests.test.ts',
  'original/replay/replay.test.ts',
  'server/interview/interview-http.test.ts',
]

/**
 * Runs the longest files first, so that no worker is left with one of them at the end. Vitest knows how long a file takes only where
 * it has run before, and a clean checkout has not.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = (file: TestSpecification) => {
      const place = LONG.indexOf(relative(this.ctx.config.root, file.moduleId).replaceAll('\\', '/'))
      return place < 0 ? LONG.length : place
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}
