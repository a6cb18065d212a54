import type { Pace } from './bench.ts'
import { load, warmUp, type Demand } from './load.ts'
import { startTwin, type Twin } from './servers.ts'
import { median } from './statistics.ts'
import { demandOf, WORK } from './work.ts'

export interface TracingCost {
  work: string
  /** Answers a second, medians over the rounds. */
  traced: number
  untraced: number
  /** Microseconds of processor time for each answer: it hardly depends on what else the machine does. */
  processor: { traced: number; untraced: number }
}

interface Sample {
  rate: number
  processor: number
}

/** Two twins side by side, one without traces, measured in turns: whatever else the machine does meets both. */
export async function tracing(pace: Pace): Promise<TracingCost[]> {
  const traced = await startTwin('traced')
  const untraced = await startTwin('untraced')
  try {
    const costs: TracingCost[] = []
    for (const work of WORK.filter(({ hashes }) => !hashes)) {
      console.error(`${work.name}, traced and untraced`)
      const take = async (twin: Twin) => sample(twin, await demandOf(work, twin), pace.seconds)
      for (const twin of [traced, untraced]) {
        await warmUp(twin.origin, await demandOf(work, twin), pace.warmUp)
      }
      const samples: { traced: Sample[]; untraced: Sample[] } = { traced: [], untraced: [] }
      for (let round = 0; round < pace.tracingRounds; round += 1) {
        if (round % 2 === 0) samples.traced.push(await take(traced))
        samples.untraced.push(await take(untraced))
        if (round % 2 === 1) samples.traced.push(await take(traced))
      }
      const of = (which: Sample[], what: keyof Sample) => median(which.map((each) => each[what]))
      costs.push({
        work: work.name,
        traced: of(samples.traced, 'rate'),
        untraced: of(samples.untraced, 'rate'),
        processor: {
          traced: of(samples.traced, 'processor'),
          untraced: of(samples.untraced, 'processor'),
        },
      })
    }
    return costs
  } finally {
    await Promise.all([traced.stop(), untraced.stop()])
  }
}

async function sample(twin: Twin, demand: Demand, seconds: number): Promise<Sample> {
  const before = await twin.processorTime()
  const { rate, answers } = await load(twin.origin, demand, seconds)
  return { rate, processor: ((await twin.processorTime()) - before) / answers }
}
