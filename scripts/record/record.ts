import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { scenarios } from '../../content/recording/scenarios/index.ts'
import { Scenario, type Answer, type RecordedScenario } from '../../server/project/replay/recording.ts'
import { runScenario } from '../../server/project/replay/run-scenario.ts'
import { changesOf, type Recorded } from './check.ts'
import { startOriginal, type Original } from './original.ts'
import { NoPython, pythonWith } from './python.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const PROJECT = join(ROOT, 'content', 'project')
const RECORDING = join(ROOT, 'content', 'recording')
const REQUIREMENTS = join(PROJECT, 'requirements.txt')

/** What the process ends with. */
const EXIT = { fine: 0, changed: 1, noPython: 3 }

/**
 * Asks the original everything in `content/recording/scenarios/` and writes its answers beside them.
 * @param options `check`: writes nothing and tells what would change
 * @returns the exit code: 0 written, or as it was; 1 something changed; 3 no Python to ask
 */
export async function record({ check }: { check: boolean }): Promise<number> {
  try {
    const python = await pythonWith(REQUIREMENTS, join(ROOT, 'node_modules', '.cache', 'viva-python'))
    const original = await startOriginal(python, PROJECT, await packageNames())
    const recorded = await askAll(original).finally(() => original.stop())
    if (!check) {
      await write(recorded)
      return EXIT.fine
    }
    const changes = await changesOf(recorded, RECORDING)
    for (const change of changes) console.error(change)
    return changes.length > 0 ? EXIT.changed : EXIT.fine
  } catch (error) {
    if (!(error instanceof NoPython)) throw error
    console.error(error.message)
    return EXIT.noPython
  }
}

async function packageNames(): Promise<string[]> {
  const lines = (await readFile(REQUIREMENTS, 'utf8')).trim().split('\n')
  return lines.map((line) => line.replace(/[[=].*/, ''))
}

async function askAll(original: Original): Promise<Recorded> {
  const recorded = new Map<string, RecordedScenario>()
  let count = 0
  for (const [name, data] of Object.entries(scenarios)) {
    const scenario = Scenario.parse(data)
    const answers = await runScenario(scenario, original)
    recorded.set(name, withAnswers(scenario, answers))
    count += answers.length
  }
  console.log(`${count} requests in ${recorded.size} scenarios`)
  return { scenarios: recorded, versions: original.versions }
}

function withAnswers(scenario: Scenario, answers: Answer[]): RecordedScenario {
  const requests = scenario.requests.map((request, index) => ({ ...request, answer: answers[index]! }))
  return { ...scenario, requests }
}

async function write({ scenarios, versions }: Recorded): Promise<void> {
  const options = await resolveConfig(join(RECORDING, 'versions.json'))
  for (const [name, value] of [...scenarios, ['versions', versions] as const]) {
    const text = await format(JSON.stringify(value, null, 2), { ...options, parser: 'json' })
    await writeFile(join(RECORDING, `${name}.json`), text)
  }
}
