// @vitest-environment node
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { loadDeck } from '../../../deck/load.ts'
import { Sandbox } from '#contract/sandbox.ts'
import { long } from '../../../e2e/support/guarantees.ts'
import { serveViva } from '../../../server/testing/serve-viva.ts'
import { stepsToHttp } from './http-file.ts'
import { peopleIn, type StepsOfLesson } from './people.ts'
import { stepsToPostman } from './postman.ts'
import { npmTool } from './testing/npm-tool.ts'
import { leaveOut } from '../../../scripts/leave-out.mjs'
import { emptyFolder } from './testing/real-tools.ts'

/** The lessons of each file: one of those that delete, in the short form, and all of them. */
let files: StepsOfLesson[][]
beforeAll(async () => {
  const lessons = await loadDeck('content/lessons', resolve(import.meta.dirname, '../../..'))
  const withSteps = lessons.filter(({ steps }) => steps.length > 0)
  // Those that leave people deleted are what a second run can trip over.
  const deletes = withSteps.filter(({ steps }) => steps.some(({ method }) => method === 'DELETE'))
  files = [...long(deletes, withSteps).map((lesson) => [lesson]), withSteps]
})

/** A server of a test's own: the tools run at the same time, because most of their requests wait, and each resets the people. */
async function serve(
  onTestFinished: (close: () => Promise<void>) => void,
): Promise<{ origin: string; people: Sandbox['people'] }> {
  const { origin, close } = await serveViva({ RATE_LIMIT: '0' })
  onTestFinished(close)
  const { people } = Sandbox.parse(await (await fetch(`${origin}/api/sandbox`)).json())
  return { origin, people }
}

async function install(name: string, version: string): Promise<string | null> {
  return npmTool(name, version).catch((error: Error) => {
    leaveOut(
      `Exported steps were not run by ${name}, which can't be installed: ${error.message.split('\n')[0]}`,
    )
    return null
  })
}

interface Summary {
  run: {
    failures: { error: { message: string }; source?: { name?: string } }[]
    stats: { assertions: { total: number } }
  }
}

test.concurrent(
  'newman runs each exported collection twice in a row, and every test in it passes',
  { timeout: 600_000 },
  async ({ skip, onTestFinished }) => {
    const tool = (await install('newman', '6.2.2')) ?? skip('newman is not there')
    const newman = createRequire(tool)('newman') as {
      run: (options: object, done: (error: unknown, summary: Summary) => void) => void
    }
    const runOnce = (collection: object): Promise<Summary> =>
      new Promise((done, failed) =>
        newman.run({ collection, reporters: [] }, (error, summary) =>
          error ? failed(error) : done(summary),
        ),
      )
    const { origin, people } = await serve(onTestFinished)
    for (const lessons of files) {
      const collection = stepsToPostman(lessons, people, origin)
      for (const time of ['first', 'second']) {
        const { failures, stats } = (await runOnce(collection)).run
        const failed = failures.map(({ error, source }) => `${source?.name}: ${error.message}`)
        expect([time, lessons.map(({ title }) => title), failed]).toEqual([
          time,
          lessons.map(({ title }) => title),
          [],
        ])
        expect(stats.assertions.total).toBeGreaterThan(0)
      }
    }
  },
)

interface HttpyacOutput {
  requests: { fileName: string; name?: string; response?: { statusCode: number } }[]
}

test.concurrent(
  'httpYac runs each exported file twice in a row, with the statuses that the claims expect',
  { timeout: 600_000 },
  async ({ skip, onTestFinished }) => {
    const tool = (await install('httpyac', '6.16.7')) ?? skip('httpYac is not there')
    const { origin, people } = await serve(onTestFinished)
    const folder = emptyFolder()
    const written = files.flatMap((lessons, index) =>
      ['first', 'second'].map((time) => ({ lessons, path: join(folder.cwd, `${index}-${time}.http`) })),
    )
    for (const { lessons, path } of written)
      writeFileSync(path, stepsToHttp(lessons, people, origin, 'jetbrains'))
    // One after another, by one process: httpYac takes longer to start than to run a file.
    const paths = written.map(({ path }) => path)
    const args = [tool, 'send', ...paths, '--all', '--json', '--output', 'short']
    const sent = (JSON.parse(await outputOf(args, folder)) as HttpyacOutput).requests
    const expected = written.flatMap(({ lessons, path }) =>
      statusesOf(lessons, people).map((request) => [path, ...request]),
    )
    const statuses = sent.map(({ fileName, name, response }, index) => [
      fileName,
      name,
      expected[index]?.[2] && response?.statusCode,
    ])
    expect(statuses).toEqual(expected)
    folder.remove()
  },
)

/** What a Node script prints. Into a file: httpYac ends before a pipe has taken all of it. */
async function outputOf(args: string[], { cwd, env }: ReturnType<typeof emptyFolder>): Promise<string> {
  const path = join(cwd, 'output')
  const output = openSync(path, 'w')
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', output, 'inherit'] })
  await new Promise((done, failed) => child.on('close', done).on('error', failed))
  closeSync(output)
  return readFileSync(path, 'utf8')
}

/** What the file's requests are called and must be answered; undefined where no claim says it, or a redirect is followed. */
function statusesOf(
  lessons: readonly StepsOfLesson[],
  people: Sandbox['people'],
): [name: string, status: number | undefined][] {
  const reset: [string, number] = ['Reset the sandbox', 200]
  const steps = lessons.flatMap(({ steps: all }, at) =>
    all.flatMap((step): [string, number | undefined][] => {
      const status = step.claims.find(({ expect: claimed }) => claimed.status !== undefined)?.expect.status
      const name = (lessons.length > 1 ? `q${at + 1}_` : '') + step.id.replaceAll('-', '_')
      const claimed = status !== undefined && status >= 300 && status < 400 ? undefined : status
      return [...(step.fresh ? [reset] : []), [name, claimed]]
    }),
  )
  const logins = peopleIn(lessons, people).map(({ key }): [string, number] => [`login_${key}`, 200])
  return [reset, ...logins, ...steps]
}
