import { appendFileSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'

/** The folder that `npm test` empties at its start and reads at its end. */
export const LEFT_OUT = resolve(import.meta.dirname, '../.test-left-out')

/**
 * Says, loudly and in the summary of `npm test`, what couldn't be tried on this machine.
 * @param {string} line what was left out, and why
 */
export function leaveOut(line) {
  mkdirSync(LEFT_OUT, { recursive: true })
  // A file for each process: two that write at once don't mix their lines.
  appendFileSync(`${LEFT_OUT}/${process.pid}.txt`, `${line}\n`)
  process.stderr.write(`\n*** LEFT OUT: ${line}\n\n`)
}
