import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { scenarios } from '../../content/recording/scenarios/index.ts'
import { RecordedScenario, Scenario, type Answer } from '../../server/project/replay/recording.ts'
import { runScenario } from '../../server/project/replay/run-scenario.ts'
import { startOriginal, type Original } from './original.ts'
import { NoPython, pythonWith } from './python.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const PROJECT = join(ROOT, 'content', 'project')
const RECORDING = join(ROOT, 'content', 'recording')

export const EXIT = { same: 0, changed: 1, noPython: 3 }

/**
 * Asks the original everything in `content/recording/scenarios/` and writes its answers beside them.
 * @param options `check`: writes nothing, tells what would change
 * @returns the exit code: 0 all is written (or as it was), 1 something changed, 3 no Python to ask
 */
export async function record({ check }: { check: boolean }): Promise<number> {
  const requirements = join(PROJECT, 'requirements.txt')
  try {
    const python = await pythonWith(requirements, join(ROOT, 'node_modules', '.cache', 'viva-python'))
    const original = await startOriginal(python, PROJECT, await packageNames(requirements))
    try {
      const files = await recordAll(original)
      return check ? await compareFiles(files) : await writeFiles(files)
    } finally {
      await original.stop()
    }
  } catch (error) {
    if (!(error instanceof NoPython)) throw error
    console.error(`Nothing recorded: ${error.message}`)
    return EXIT.noPython
  }
}

async function packageNames(requirements: string): Promise<string[]> {
  const lines = (await readFile(requirements, 'utf8')).trim().split('\n')
  return lines.map((line) => line.replace(/[[=].*/, ''))
}

async function recordAll(original: Original): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  let count = 0
  for (const [name, data] of Object.entries(scenarios)) {
    const scenario = Scenario.parse(data)
    const answers = await runScenario(scenario, original)
    files.set(`${name}.json`, await readable(withAnswers(scenario, answers)))
    count += answers.length
  }
  files.set('versions.json', await readable(original.versions))
  console.log(`${count} requests in ${Object.keys(scenarios).length} scenarios`)
  return files
}

function withAnswers(scenario: Scenario, answers: Answer[]): RecordedScenario {
  const requests = scenario.requests.map((request, index) => ({ ...request, answer: answers[index]! }))
  return { ...scenario, requests }
}

async function readable(value: unknown): Promise<string> {
  const options = await resolveConfig(join(RECORDING, 'versions.json'))
  return format(JSON.stringify(value, null, 2), { ...options, parser: 'json' })
}

async function writeFiles(files: Map<string, string>): Promise<number> {
  for (const [name, text] of files) await writeFile(join(RECORDING, name), text)
  return EXIT.same
}

async function compareFiles(files: Map<string, string>): Promise<number> {
  const changed: string[] = []
  for (const [name, text] of files) {
    const committed = await readFile(join(RECORDING, name), 'utf8').catch(() => '')
    if (committed !== text) changed.push(name)
  }
  for (const name of changed) console.error(`${name} is not what the original answers now`)
  return changed.length > 0 ? EXIT.changed : EXIT.same
}
