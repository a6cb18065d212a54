import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { deckFolders } from '../../scripts/deck-folders.mjs'
import { factsOf, recordFacts } from '../facts/record-facts.ts'
import type { FactFile } from '../facts/run-facts.ts'
import { askAll, RECORDING, startProject, type Recorded } from './ask-all.ts'
import { randomSeed } from './chance.ts'
import { changesOf } from './check.ts'
import { explore, REQUESTS_PER_SEED } from './explore.ts'
import { NoPython } from './python.ts'
import { startTwin } from './twin.ts'

/** The facts of all decks. @param measured those that print times */
async function factsOfDecks(measured = false): Promise<FactFile[]> {
  return (await Promise.all(deckFolders().map((folder) => factsOf(folder, measured)))).flat()
}

/** Exit codes. */
const EXIT = { unchanged: 0, changed: 1, noPython: 3 }

/**
 * Writes the original's responses to `original/recording/`, and the output of each of the deck's facts beside it.
 * @param options `check`: writes nothing and lists what would change
 * @returns the exit code: 0 written or unchanged; 1 something changed; 3 no Python that can run the original
 */
export function record({ check }: { check: boolean }): Promise<number> {
  return withPython(async () => {
    const original = await startProject()
    const recorded = await askAll(original).finally(() => original.stop())
    const count = [...recorded.scenarios.values()].reduce((sum, { requests }) => sum + requests.length, 0)
    const facts = await factsOfDecks()
    console.log(`${count} requests in ${recorded.scenarios.size} scenarios, ${facts.length} facts`)
    const changes = check ? await changesOf(recorded, RECORDING) : []
    if (!check) await write(recorded)
    changes.push(...(await recordFacts(facts, check)))
    for (const change of changes) console.error(change)
    return changes.length > 0 ? EXIT.changed : EXIT.unchanged
  })
}

/**
 * Runs only the deck's facts, without the requests.
 * @returns the exit code, like `record`
 */
export function recordFactsAlone({ check }: { check: boolean }): Promise<number> {
  return withPython(async () => {
    const facts = await factsOfDecks()
    const changes = await recordFacts(facts, check)
    console.log(`${facts.length} facts`)
    for (const change of changes) console.error(change)
    return changes.length > 0 ? EXIT.changed : EXIT.unchanged
  })
}

/**
 * Runs the facts that print times, and writes what they print on this machine.
 * @returns the exit code, like `record`
 */
export function recordMeasured(): Promise<number> {
  return withPython(async () => {
    const faults = await recordFacts(await factsOfDecks(true), false)
    for (const fault of faults) console.error(fault)
    return faults.length > 0 ? EXIT.changed : EXIT.unchanged
  })
}

/**
 * Sends invented requests to the original and to the twin and prints every difference that isn't listed as deliberate.
 * @param requests about how many
 * @param seed the first one; the same seed invents the same requests
 * @returns the exit code: 0 no differences; 1 some; 3 no Python that can run the original
 */
export function exploreMore(requests: number, seed = randomSeed()): Promise<number> {
  return withPython(async () => {
    const original = await startProject()
    const twin = await startTwin()
    const count = Math.ceil(requests / REQUESTS_PER_SEED)
    console.log(`${count * REQUESTS_PER_SEED} requests, seeds ${seed} to ${seed + count - 1}`)
    let found = 0
    for (let next = seed; next < seed + count; next += 1) {
      const lines = await explore(original, twin, [next])
      for (const line of lines) console.error(line)
      found += lines.length
    }
    await Promise.all([twin.stop(), original.stop()])
    console.log(
      found === 0 ? 'No differences, other than the deliberate ones.' : `${found} seeds with differences.`,
    )
    return found === 0 ? EXIT.unchanged : EXIT.changed
  })
}

/** @returns the exit code of `work`, or the one for a machine without a Python that can run the original */
async function withPython(work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof NoPython)) throw error
    console.error(error.message)
    return EXIT.noPython
  }
}

async function write({ scenarios, inside, versions }: Recorded): Promise<void> {
  const options = await resolveConfig(join(RECORDING, 'versions.json'))
  for (const [name, value] of [...scenarios, ['inside', inside], ['versions', versions]] as const) {
    const text = await format(JSON.stringify(value, null, 2), { ...options, parser: 'json' })
    await writeFile(join(RECORDING, `${name}.json`), text)
  }
}
