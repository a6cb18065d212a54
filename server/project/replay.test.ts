import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openViva } from '../compose.ts'
import { readConfig } from '../config.ts'
import { createLogger } from '../http/logger.ts'
import { createHttpServer, listen } from '../listen.ts'
import { differences } from './replay/differences.ts'
import { RecordedScenario, RECORDING_SECRET, type Answer, type Target } from './replay/recording.ts'
import { runScenario } from './replay/run-scenario.ts'

const RECORDING = join(import.meta.dirname, '..', '..', 'content', 'recording')

const scenarios = readdirSync(RECORDING)
  .filter((file) => file.endsWith('.json') && file !== 'versions.json')
  .map((file) => RecordedScenario.parse(JSON.parse(readFileSync(join(RECORDING, file), 'utf8'))))
const total = scenarios.reduce((sum, { requests }) => sum + requests.length, 0)

let matched = 0
let twin: Target & { stop(): Promise<void> }

beforeAll(async () => {
  twin = await startTwin()
})

afterAll(async () => {
  await twin.stop()
  process.stdout.write(`\n${matched} of ${total} recorded answers of the original match\n\n`)
})

test('at least 150 requests are recorded', () => {
  expect(total).toBeGreaterThanOrEqual(150)
})

describe.each(scenarios)('$title', (scenario) => {
  let answers: Answer[]

  beforeAll(async () => {
    answers = await runScenario(scenario, twin)
  })

  for (const [index, { title, method, path, answer }] of scenario.requests.entries()) {
    test(`${index + 1}. ${method} ${path} · ${title}`, () => {
      expect(differences(answer, answers[index]!)).toEqual([])
      matched += 1
    })
  }
})

/** The whole app on a socket, with a data folder of its own and nobody's pages. */
async function startTwin(): Promise<Target & { stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-replay-'))
  const viva = await openViva({
    config: readConfig({ DATA_DIR: folder, JWT_SECRET: RECORDING_SECRET }),
    logger: createLogger('silent'),
    pages: (_ctx, next) => next(),
    development: false,
  })
  const server = createHttpServer(viva.app.callback())
  const origin = (await listen(server, 0, '127.0.0.1')).replace('localhost', '127.0.0.1')

  return {
    origin,
    async reset() {
      const answer = await fetch(`${origin}/api/sandbox/reset`, { method: 'POST' })
      if (!answer.ok) throw new Error(`the sandbox can't be reset: ${answer.status} ${await answer.text()}`)
    },
    async stop() {
      server.close()
      server.closeAllConnections()
      await viva.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
