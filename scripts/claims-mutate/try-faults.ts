import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { Job, Outcome } from './try-fault.ts'

const root = resolve(import.meta.dirname, '../..')
const PROCESSES = Math.min(4, availableParallelism())
/** For one fault on a machine that is busy with other things. */
const TIMEOUT_MS = 10 * 60_000

/**
 * Tries each fault in one of a few processes; one that a fault has ended or blocked is replaced.
 * @param report is called with each outcome as it arrives, and with the seconds that it took
 */
export async function tryFaults<Of extends Job>(
  jobs: readonly Of[],
  report: (job: Of, outcome: Outcome, seconds: number) => void,
): Promise<void> {
  const waiting = [...jobs]
  const work = async (): Promise<void> => {
    let runner: ChildProcess | undefined
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const began = performance.now()
      runner ??= await startRunner()
      const outcome = await outcomeOf(runner, job)
      report(job, outcome, (performance.now() - began) / 1000)
      if (runner.connected && 'red' in outcome) continue
      runner.kill()
      runner = undefined
    }
    runner?.disconnect()
  }
  await Promise.all(Array.from({ length: Math.min(PROCESSES, jobs.length) }, work))
}

async function startRunner(): Promise<ChildProcess> {
  const runner = fork('scripts/try-faults.mjs', { cwd: root })
  const failed = once(runner, 'exit').then(() => Promise.reject(new Error('the process could not start')))
  await Promise.race([once(runner, 'message'), failed])
  failed.catch(() => undefined)
  return runner
}

function outcomeOf(runner: ChildProcess, job: Job): Promise<Outcome> {
  return new Promise((done) => {
    const finish = (outcome: Outcome): void => {
      clearTimeout(timer)
      runner.off('message', finish)
      runner.off('exit', ended)
      done(outcome)
    }
    const ended = (): void => finish({ problem: 'it ended the process' })
    const timer = setTimeout(finish, TIMEOUT_MS, { problem: 'it did not finish in ten minutes' })
    runner.on('message', finish)
    runner.on('exit', ended)
    runner.send(job)
  })
}
