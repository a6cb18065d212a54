import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

/** When others keep more cores busy, figures are provisional. */
export const QUIET = 0.2

const SAMPLE_MS = 4_000
const MAX_SAMPLES = 30

/** Average number of busy cores over some seconds in which this process does nothing. */
export async function busyCores(): Promise<number> {
  const before = ticks()
  await sleep(SAMPLE_MS)
  const after = ticks()
  return ((after.busy - before.busy) / (after.all - before.all)) * cpus().length
}

/** Waits up to two minutes for a quiet machine. @returns how many cores were busy in the last seconds of the wait */
export async function quietMachine(): Promise<number> {
  let busy = await busyCores()
  for (let samples = 1; busy > QUIET && samples < MAX_SAMPLES; samples += 1) {
    if (samples === 1) console.error('Other processes are using this machine: waiting up to two minutes …')
    busy = await busyCores()
  }
  return busy
}

function ticks(): { busy: number; all: number } {
  let [busy, all] = [0, 0]
  for (const { times } of cpus()) {
    const sum = Object.values(times).reduce((total, time) => total + time, 0)
    busy += sum - times.idle
    all += sum
  }
  return { busy, all }
}
