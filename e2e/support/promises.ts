import { appendFileSync, mkdirSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { PromiseRow, rowsFile } from './promise-row.ts'

const LEFT_OUT = resolve(import.meta.dirname, '../../.test-left-out/promises.txt')

/** Catches what hangs, and is so high that no busy machine runs into it. */
const MIN_TIMEOUT_MS = 300_000

/** What a test tells of its promise while it runs. */
export type Attempt = Partial<Pick<PromiseRow, 'tried' | 'figure' | 'leftOut'>>

/**
 * A test that states one row of the table of promises. The promise held when `attempt` ends without an error; `attempt` says
 * in `row` what it tried and what came out, as soon as it knows. With `leftOut` in the row, the test counts as skipped.
 * @param timeout milliseconds, at least five minutes
 */
export function keepsPromise(
  promise: string,
  attempt: (row: Attempt) => Promise<void>,
  timeout = MIN_TIMEOUT_MS,
): void {
  test(promise, { timeout: Math.max(timeout, MIN_TIMEOUT_MS) }, async ({ onTestFinished, skip }) => {
    const row: Attempt = {}
    // Not after `attempt`: one that runs into its time-out never comes back.
    onTestFinished(({ task }) => {
      record({ promise, tried: 'nothing', ...row, held: task.result?.state === 'pass' })
    })
    await attempt(row)
    if (row.leftOut !== undefined) skip(row.leftOut)
  })
}

/** States a row; for a test that keeps several promises at once. The folder of the running test names the area. */
function record(row: PromiseRow): void {
  const area = basename(dirname(expect.getState().testPath ?? ''))
  append(rowsFile(area), JSON.stringify(PromiseRow.parse(row)))
  if (row.leftOut === undefined) return
  const line = `${row.promise}: ${row.leftOut}`
  append(LEFT_OUT, line)
  process.stderr.write(`\n*** LEFT OUT: ${line}\n\n`)
}

function append(file: string, line: string): void {
  mkdirSync(dirname(file), { recursive: true })
  appendFileSync(file, `${line}\n`)
}
