import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { scenarios } from '../scenarios/index.ts'
import { Scenario, type Answer, type Inside, type RecordedScenario } from '../replay/recording.ts'
import { runScenario } from '../replay/run-scenario.ts'
import { startOriginal, type Original } from './original.ts'
import { pythonWith } from './python.ts'
import { recordInside } from './record-inside.ts'

const ROOT = join(import.meta.dirname, '..', '..')
/** The folder of the original. */
export const PROJECT = join(ROOT, 'original', 'project')
export const REQUIREMENTS = join(PROJECT, 'requirements.txt')

/** The folder of the recorded responses. */
export const RECORDING = join(ROOT, 'original', 'recording')

export interface Recorded {
  scenarios: Map<string, RecordedScenario>
  inside: Inside
  versions: Original['versions']
}

/**
 * Starts `original/project/` with exactly the packages in its requirements.txt.
 * @param more path of another requirements.txt, with packages that it uses if they are there
 * @param command a Python; by default the first one of PATH
 * @throws NoPython when this machine can't run it
 */
export async function startProject(more?: string, command?: string): Promise<Original> {
  const requirements = more === undefined ? [REQUIREMENTS] : [REQUIREMENTS, more]
  const python = await pythonWith(requirements, { command })
  const texts = await Promise.all(requirements.map((file) => readFile(file, 'utf8')))
  const lines = texts.flatMap((text) => text.trim().split('\n'))
  const packages = lines.map((line) => line.replace(/[[=].*/, ''))
  return startOriginal(python, PROJECT, [...new Set(packages)])
}

/** Sends every request of `original/scenarios/` to the original, and records what it does inside. */
export async function askAll(original: Original): Promise<Recorded> {
  const recorded = new Map<string, RecordedScenario>()
  for (const [name, data] of Object.entries(scenarios)) {
    const scenario = Scenario.parse(data)
    recorded.set(name, withAnswers(scenario, await runScenario(scenario, original)))
  }
  return { scenarios: recorded, inside: await recordInside(original), versions: original.versions }
}

function withAnswers(scenario: Scenario, answers: Answer[]): RecordedScenario {
  const requests = scenario.requests.map((request, index) => ({ ...request, answer: answers[index]! }))
  return { ...scenario, requests }
}
