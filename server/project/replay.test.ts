import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTwin, type Twin } from '../../scripts/record/twin.ts'
import { differences } from './replay/differences.ts'
import { PROMISED_DIFFERENCES } from './replay/promised-differences.ts'
import { RecordedScenario, type Answer } from './replay/recording.ts'
import { runScenario } from './replay/run-scenario.ts'

const RECORDING = join(import.meta.dirname, '..', '..', 'content', 'recording')

const scenarios = readdirSync(RECORDING)
  .filter((file) => file.endsWith('.json') && file !== 'versions.json')
  .map((file) => RecordedScenario.parse(JSON.parse(readFileSync(join(RECORDING, file), 'utf8'))))
const total = scenarios.reduce((sum, { requests }) => sum + requests.length, 0)

const promised = (scenario: string, request: string) =>
  PROMISED_DIFFERENCES.find((each) => each.scenario === scenario && each.request === request)

let matched = 0
let twin: Twin

beforeAll(async () => {
  twin = await startTwin()
})

afterAll(async () => {
  await twin.stop()
  const others = `${PROMISED_DIFFERENCES.length} differ as promised`
  process.stdout.write(`\n${matched} of ${total} recorded answers of the original match, ${others}\n\n`)
})

test('at least 150 requests are recorded, and each promised difference is one of them', () => {
  expect(total).toBeGreaterThanOrEqual(150)
  const found = scenarios.flatMap(({ title, requests }) =>
    requests.flatMap((each) => promised(title, each.title) ?? []),
  )
  expect(found).toHaveLength(PROMISED_DIFFERENCES.length)
})

describe.each(scenarios)('$title', (scenario) => {
  let answers: Answer[]

  beforeAll(async () => {
    answers = await runScenario(scenario, twin)
  })

  for (const [index, { title, method, path, answer }] of scenario.requests.entries()) {
    test(`${index + 1}. ${method} ${path} · ${title}`, () => {
      const other = promised(scenario.title, title)
      expect(differences({ ...answer, ...other?.answer }, answers[index]!)).toEqual([])
      if (other) expect(differences(answer, answers[index]!)).not.toEqual([])
      else matched += 1
    })
  }
})
