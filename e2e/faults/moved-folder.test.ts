import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rename, rm, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { RoomClient } from '../../server/interview/testing/room-client.ts'
import {
  ask,
  bioOf,
  newSandbox,
  readiness,
  writeBio,
  writersOfNewSandbox,
  type Writer,
} from '../support/api.ts'
import { guarantee, long } from '../support/guarantees.ts'
import { testApp } from '../support/test-app.ts'
import { temporaryFolder } from './folder.ts'

const ROUNDS = long(1, 5)
/** The short form checks only that it notices at all, since a busy machine may be slow. */
const BACK_WITHIN_MS = long(60_000, 10_000)

/** What may have replaced the data folder. */
const IN_ITS_PLACE: Record<string, (dataDir: string) => Promise<unknown>> = {
  nothing: async () => undefined,
  'an empty folder': (dataDir) => mkdir(dataDir),
  'a file': (dataDir) => cp(import.meta.filename, dataDir),
  'a copy of it': (dataDir) => cp(`${dataDir}-away`, dataDir, { recursive: true }),
}

guarantee(
  'While the data folder is moved away nothing is written in its place, and everything works again when it is back',
  async (row) => {
    const above = await temporaryFolder()
    const dataDir = join(above, 'data')
    const app = await testApp({ dataDir, env: { RATE_LIMIT: '0' } })
    const [writer] = (await writersOfNewSandbox(app)) as [Writer]
    let refused = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [what, put] of Object.entries(IN_ITS_PLACE)) {
        await rename(dataDir, `${dataDir}-away`)
        await put(dataDir)
        const before = await contentOf(dataDir)
        // From the first write on, not only after the next check.
        const writes = [
          writeBio(app, writer, 'into the wrong folder'),
          ask(app, 'POST', '/api/sandbox/reset', { sandbox: writer.sandbox }),
          ask(app, 'GET', '/api/sandbox'),
        ]
        for (const { status } of await Promise.all(writes)) expect([what, status]).toEqual([what, 503])
        expect([what, (await new RoomClient(app.origin).create()).status]).toEqual([what, 503])
        refused += writes.length + 1
        await expect.poll(() => readiness(app), { timeout: BACK_WITHIN_MS }).toBe(503)
        expect([what, await contentOf(dataDir)]).toEqual([what, before])
        expect(app.log).toContain(`The data folder ${dataDir} is gone or was replaced`)

        await rm(dataDir, { recursive: true, force: true })
        await rename(`${dataDir}-away`, dataDir)
        await expect.poll(() => readiness(app), { timeout: BACK_WITHIN_MS }).toBe(200)
        expect((await writeBio(app, writer, what)).status).toBe(200)
        await newSandbox(app)
        await new RoomClient(app.origin).open()
      }
    }
    await app.kill()
    const again = await testApp({ dataDir })
    expect(await bioOf(again, writer)).toBe(Object.keys(IN_ITS_PLACE).at(-1))
    row.tried = `${ROUNDS} times moved away, with ${Object.keys(IN_ITS_PLACE).join(', ')} in its place`
    row.figure = `${refused} of ${refused} writes 503, nothing written in its place; back by itself`
  },
  long(60_000, 180_000),
)

guarantee('Stored files are readable by their owner only', async (row) => {
  const above = await temporaryFolder()
  const dataDir = join(above, 'data')
  // As another version left them.
  await mkdir(join(dataDir, 'sandboxes'), { recursive: true, mode: 0o755 })
  const app = await testApp({ dataDir: join(above, 'new') })
  const old = await testApp({ dataDir })
  for (const each of [app, old]) {
    await writersOfNewSandbox(each)
    await new RoomClient(each.origin).open()
  }
  const modes = async (folder: string) =>
    Promise.all(
      (await readdir(folder, { recursive: true })).map(async (name) => {
        const stats = await stat(join(folder, name))
        return [name, (stats.mode & 0o777).toString(8), stats.isDirectory()] as const
      }),
    )
  expect((await stat(app.dataDir)).mode & 0o777).toBe(0o700)
  const own = await modes(app.dataDir)
  const open = own.filter(
    ([name, mode, isFolder]) => !/^lock\.\d+$/.test(name) && mode !== (isFolder ? '700' : '600'),
  )
  expect(open).toEqual([])
  const tops = (await modes(dataDir)).filter(([name]) => ['sandboxes', 'events', 'backups'].includes(name))
  expect(tops.map(([, mode]) => mode)).toEqual(['700', '700', '700'])
  row.tried = `${own.length} files and folders of a new data folder, and the folders of an older one`
  row.figure = 'folders 700, files 600'
})

guarantee('A sandbox whose file is a symbolic link is refused, and the link stays', async (row) => {
  const first = await testApp({ dataDir: join(await temporaryFolder(), 'data') })
  const [writer] = (await writersOfNewSandbox(first)) as [Writer]
  await first.kill()
  const { sandbox } = writer
  const file = join(first.dataDir, 'sandboxes', sandbox.slice(0, 2), `${sandbox}.json`)
  await rename(file, `${first.dataDir}.target`)
  await symlink(`${first.dataDir}.target`, file)
  const app = await testApp({ dataDir: first.dataDir })
  expect((await ask(app, 'GET', '/users/', { sandbox })).status).toBe(503)
  expect((await writeBio(app, writer, 'x')).status).toBe(503)
  expect(app.log).toContain(`${file} is a symbolic link`)
  expect(execFileSync('readlink', [file]).toString().trim()).toBe(`${first.dataDir}.target`)
  expect((await ask(app, 'GET', '/users/')).status).toBe(200)
  row.tried = 'a read and a write'
  row.figure = '503, named in the log; other sandboxes go on'
})

/** Names of everything in a folder; undefined if there is no folder. */
async function contentOf(folder: string): Promise<string[] | undefined> {
  if (!existsSync(folder)) return undefined
  return (await stat(folder)).isDirectory() ? (await readdir(folder, { recursive: true })).sort() : []
}
