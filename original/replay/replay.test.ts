import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTwin, type Twin } from '../record/twin.ts'
import { differences } from './differences.ts'
import { DELIBERATE_DIFFERENCES, twinAnswerTo } from './deliberate-differences.ts'
import { statusOf } from './raw-client.ts'
import { RecordedScenario, type Answer } from './recording.ts'
import { runScenario } from './run-scenario.ts'

const RECORDING = join(import.meta.dirname, '..', 'recording')

const NO_SCENARIOS = ['inside.json', 'versions.json']
const scenarios = readdirSync(RECORDING)
  .filter((file) => file.endsWith('.json') && !NO_SCENARIOS.includes(file))
  .map((file) => RecordedScenario.parse(JSON.parse(readFileSync(join(RECORDING, file), 'utf8'))))
const total = scenarios.reduce((sum, { requests }) => sum + requests.length, 0)

let [matched, differing] = [0, 0]
let twin: Twin

beforeAll(async () => {
  twin = await startTwin()
})

afterAll(async () => {
  await twin.stop()
  const others = `${differing} differ deliberately`
  process.stdout.write(`\n${matched} of ${total} recorded answers of the original match, ${others}\n\n`)
})

test('at least 150 requests are recorded, and every deliberate difference that a recording can show occurs in one', () => {
  expect(total).toBeGreaterThanOrEqual(150)
  const requests = scenarios.flatMap((scenario) => scenario.requests)
  const unmet = DELIBERATE_DIFFERENCES.filter(
    ({ twinAnswer }) => twinAnswer && !requests.some((each) => twinAnswer(each, each.answer)),
  )
  expect(unmet).toEqual([])
})

describe('the twin deliberately differs', () => {
  const examples = DELIBERATE_DIFFERENCES.filter(({ example }) => example !== undefined)
  test.each(examples)('$request', async ({ example }) => {
    await twin.reset()
    expect(await statusOf(twin.origin, example!.send)).toBe(example!.twin)
  })
})

describe.each(scenarios)('$title', (scenario) => {
  let answers: Answer[]

  beforeAll(async () => {
    answers = await runScenario(scenario, twin)
  })

  for (const [index, { answer, ...request }] of scenario.requests.entries()) {
    test(`${index + 1}. ${request.method} ${request.path} · ${request.title}`, () => {
      expect(differences(twinAnswerTo(request, answer), answers[index]!)).toEqual([])
      if (differences(answer, answers[index]!).length > 0) differing += 1
      else matched += 1
    })
  }
})
