import type { Pace } from './pace.ts'
import { load, warmUp } from './load.ts'
import { startTwin, type Twin } from './servers.ts'
import { median, quartiles, type Quartiles } from './statistics.ts'
import { demandOf, WORK, type Work } from './work.ts'

export interface TracingCost {
  work: string
  /** Responses per second, medians over all windows. */
  traced: number
  untraced: number
  /** Microseconds of CPU time per response, which hardly depends on other load on the machine. */
  processor: { traced: number; untraced: number }
  /** What tracing costs, as a fraction, over all pairs of consecutive windows. */
  cost: { rate: Quartiles; processor: Quartiles }
}

interface Sample {
  rate: number
  processor: number
}

/** Two windows of the same work, one right after the other. */
interface Round {
  traced: Sample
  untraced: Sample
}

/**
 * Two twins side by side, configured like `npm start`, one of them without traces, measured in turns, so that other load on the
 * machine affects both. Then a new pair: how V8 compiles the same code differs by a few percent from process to process, and
 * longer windows don't change that.
 */
export async function tracing({ tracing: pace }: Pace): Promise<TracingCost[]> {
  const rounds = new Map<Work, Round[]>(WORK.filter(({ hashes }) => !hashes).map((work) => [work, []]))
  for (let pair = 0; pair < pace.pairs; pair += 1) {
    const traced = await startTwin('traced', 'likeStart')
    const untraced = await startTwin('untraced', 'likeStart')
    try {
      for (const [work, measured] of rounds) {
        console.error(`${work.name}, traced and untraced, pair ${pair + 1} of ${pace.pairs}`)
        measured.push(...(await roundsOf(work, { traced, untraced }, pace)))
      }
    } finally {
      await Promise.all([traced.stop(), untraced.stop()])
    }
  }
  return [
    ...[...rounds].map(([{ name }, measured]) => costOf(name, measured)),
    costOf('one of each', oneOfEach([...rounds.values()])),
  ]
}

/** Roughly how many seconds `tracing` takes. */
export function secondsOfTracing({ tracing: { pairs, rounds, warmUp, seconds } }: Pace): number {
  const works = WORK.filter(({ hashes }) => !hashes).length
  const starting = 3
  return pairs * (starting + works * 2 * (warmUp + rounds * (seconds + 0.05)))
}

/** What each round would have given with equal parts of every kind of work. */
function oneOfEach(works: readonly Round[][]): Round[] {
  const of = (index: number, which: keyof Round): Sample => {
    const samples = works.flatMap((rounds) => rounds[index]?.[which] ?? [])
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
    return {
      rate: samples.length / sum(samples.map(({ rate }) => 1 / rate)),
      processor: sum(samples.map(({ processor }) => processor)) / samples.length,
    }
  }
  return (works[0] ?? []).map((_, index) => ({
    traced: of(index, 'traced'),
    untraced: of(index, 'untraced'),
  }))
}

async function roundsOf(
  work: Work,
  twins: { traced: Twin; untraced: Twin },
  pace: Pace['tracing'],
): Promise<Round[]> {
  const demands = {
    traced: await demandOf(work, twins.traced),
    untraced: await demandOf(work, twins.untraced),
  }
  const take = async (which: keyof Round): Promise<Sample> => {
    const before = await twins[which].processorTime()
    const { rate, answers } = await load(twins[which].origin, demands[which], pace.seconds)
    return { rate, processor: ((await twins[which].processorTime()) - before) / answers }
  }
  await warmUp(twins.traced.origin, demands.traced, pace.warmUp)
  await warmUp(twins.untraced.origin, demands.untraced, pace.warmUp)
  const rounds: Round[] = []
  for (let round = 0; round < pace.rounds; round += 1) {
    // Each is equally often the second one, which finds the load generator's caches warm.
    const first = round % 2 === 0 ? await take('traced') : undefined
    const untraced = await take('untraced')
    rounds.push({ traced: first ?? (await take('traced')), untraced })
  }
  return rounds
}

function costOf(work: string, rounds: readonly Round[]): TracingCost {
  const of = (which: keyof Round, what: keyof Sample) => median(rounds.map((round) => round[which][what]))
  return {
    work,
    traced: of('traced', 'rate'),
    untraced: of('untraced', 'rate'),
    processor: { traced: of('traced', 'processor'), untraced: of('untraced', 'processor') },
    cost: {
      rate: quartiles(rounds.map(({ traced, untraced }) => 1 - traced.rate / untraced.rate)),
      processor: quartiles(rounds.map(({ traced, untraced }) => 1 - untraced.processor / traced.processor)),
    },
  }
}
