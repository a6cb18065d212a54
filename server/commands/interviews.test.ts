import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { RoomClient } from '../interview/testing/room-client.ts'
import { hasPostgres } from '../storage/testing/make-database.ts'
import { temporaryDatabase, temporaryFolder } from '../storage/testing/temporary.ts'
import { serveViva } from '../testing/serve-viva.ts'

let built: string

beforeAll(async () => {
  built = join(await ensureBuilt(), 'server/interviews.js')
})

/** What `npm run interviews` runs, as its operator sees it. */
function interviews(env: NodeJS.ProcessEnv, ...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    const options = { env: { PATH: process.env.PATH, ...env } }
    const child = execFile(process.execPath, [built, ...args], options, (_error, stdout, stderr) => {
      done({ code: child.exitCode ?? -1, output: stdout + stderr })
    })
  })
}

/** Two interviews with a candidate each, in a Viva that has stopped. */
async function twoInterviews(env: NodeJS.ProcessEnv): Promise<[RoomClient, RoomClient]> {
  const viva = await serveViva(env)
  const clients: [RoomClient, RoomClient] = [new RoomClient(viva.origin), new RoomClient(viva.origin)]
  for (const client of clients) {
    await client.create()
    await client.addRoom()
    await client.join('Zoe Ferreira')
  }
  await viva.close()
  return clients
}

async function textOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n')
}

test('an interview, and a room, can be found by its candidate and deleted', async () => {
  const folder = await temporaryFolder()
  const env = { DATA_DIR: folder }
  const [first, second] = await twoInterviews(env)
  const listed = await interviews(env)
  expect(listed.code).toBe(0)
  for (const { id, room } of [first, second])
    expect(listed.output).toMatch(new RegExp(`^${id} [^]*^  ${room} `, 'm'))
  expect(listed.output).toMatch(/, joined as Zoe Ferreira$/m)
  expect(listed.output).toMatch(/^2 interviews$/m)

  expect(await interviews(env, '--delete', first.id)).toMatchObject({ code: 0 })
  expect(await interviews(env, '--delete', second.room)).toMatchObject({ code: 0 })
  const after = await interviews(env, '--list')
  expect(after.output).toContain(second.id)
  expect(after.output).toMatch(/^1 interview$/m)
  const left = await textOf(join(folder, 'events'))
  for (const gone of [first.id, first.code, 'Zoe Ferreira']) expect(left).not.toContain(gone)
  expect(await interviews(env, '--delete', first.id)).toMatchObject({ code: 1 })
})

test('while Viva uses the folder, nothing is read or deleted', async () => {
  const folder = await temporaryFolder()
  const viva = await serveViva({ DATA_DIR: folder })
  const { code, output } = await interviews({ DATA_DIR: folder })
  expect([code, output]).toEqual([2, expect.stringContaining(`in use by process ${process.pid}`)])
  await viva.close()
})

test.each([[['--remove']], [['--delete']], [['--delete', 'a', 'b']], [['--help']]])(
  'arguments that it does not understand get the usage message: %j',
  async (args) => {
    const { code, output } = await interviews({ DATA_DIR: '/nowhere' }, ...args)
    expect([code, output]).toEqual([2, expect.stringContaining('npm run interviews -- --delete <id>')])
  },
)

if (await hasPostgres('interviews'))
  test('on a database it works beside a running Viva', async () => {
    const env = { DATABASE_URL: await temporaryDatabase(), JWT_SECRET: 'x'.repeat(32) }
    const viva = await serveViva(env)
    const client = new RoomClient(viva.origin)
    await client.open()
    expect((await interviews(env)).output).toContain(client.id)
    expect(await interviews(env, '--delete', client.id)).toMatchObject({ code: 0 })
    await expect
      .poll(async () => (await client.call(`/api/interviews/${client.id}`, client.key)).status)
      .toBe(404)
    await viva.close()
  })
