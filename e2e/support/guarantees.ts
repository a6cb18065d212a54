import { appendFileSync, mkdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { expect, test } from 'vitest'
import { leaveOut } from '../../scripts/leave-out.mjs'
import { GuaranteeRow, rowsFile } from './guarantee-row.ts'

/** Ends a test that hangs; high enough that a busy machine never reaches it. */
const MIN_TIMEOUT_MS = 300_000

/** `LONG=1` runs the long forms, whose figures docs/guarantees.md shows; `npm test` runs short forms of the same tests. */
export const isLong = process.env.LONG === '1'

/** The first value in the short form, the second in the long one. */
export function long<Value>(shortValue: Value, longValue: Value): Value {
  return isLong ? longValue : shortValue
}

/** What a test reports about its guarantee while it runs. */
export type Attempt = Partial<Pick<GuaranteeRow, 'tried' | 'figure' | 'leftOut'>>

/**
 * A test that writes one row of the table of guarantees. The guarantee held if `attempt` ends without an error; `attempt`
 * enters what it tried and the result into `row` as soon as they are known. With `leftOut` in the row, the test counts as skipped.
 * @param timeoutMs at least five minutes
 */
export function guarantee(
  title: string,
  attempt: (row: Attempt) => Promise<void>,
  timeoutMs = MIN_TIMEOUT_MS,
): void {
  test(title, { timeout: Math.max(timeoutMs, MIN_TIMEOUT_MS) }, async ({ onTestFinished, skip }) => {
    const row: Attempt = {}
    // Not after `attempt`: one that times out never returns.
    onTestFinished(({ task }) => {
      record({ guarantee: title, tried: 'nothing', ...row, held: task.result?.state === 'pass' })
    })
    await attempt(row)
    if (row.leftOut !== undefined) skip(row.leftOut)
  })
}

/** Appends a row. The folder of the running test names the area. */
function record(row: GuaranteeRow): void {
  const area = basename(dirname(expect.getState().testPath ?? ''))
  append(rowsFile(area, isLong), JSON.stringify(GuaranteeRow.parse(row)))
  if (row.leftOut === undefined) return
  const line = `${row.guarantee}: ${row.leftOut}`
  leaveOut(line)
}

function append(file: string, line: string): void {
  mkdirSync(dirname(file), { recursive: true })
  appendFileSync(file, `${line}\n`)
}
