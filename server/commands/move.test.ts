import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { openFiles } from '../storage/files/open-files.ts'
import { openStorage } from '../storage/open-storage.ts'
import { hasPostgres } from '../storage/testing/make-database.ts'
import { SEED } from '../storage/testing/seed.ts'
import { temporaryDatabase, temporaryFolder } from '../storage/testing/temporary.ts'

let built: string

beforeAll(async () => {
  built = join(await ensureBuilt(), 'server/move.js')
})

/** What `npm run move` runs, as its operator sees it. */
function move(
  from: string,
  to: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [built, '--from', from, '--to', to],
      { env: { PATH: process.env.PATH, ...env } },
      (_error, stdout, stderr) => {
        done({ code: child.exitCode ?? -1, output: stdout + stderr })
      },
    )
  })
}

if (await hasPostgres('move'))
  test('a database that Viva is running on is neither read nor written', async () => {
    const folder = await temporaryFolder()
    await (await openFiles({ dataDir: folder, seed: SEED })).close()
    const database = await temporaryDatabase()
    const running = await openStorage({ dataDir: '', databaseUrl: database, sandboxDays: 30 }, SEED)
    const refusal =
      "Can't move: Viva is running on this database (one instance). Stop it, wait ten seconds, and run this again.\n"
    try {
      expect(await move(folder, database)).toEqual({ code: 2, output: refusal })
      expect(await move(database, folder)).toEqual({ code: 2, output: refusal })
    } finally {
      await running.close()
    }
    expect(await move(folder, 'DATABASE_URL', { DATABASE_URL: database })).toMatchObject({ code: 0 })
    expect(await move(database, folder)).toEqual({
      code: 0,
      output: expect.stringContaining('as long as JWT_SECRET stays set') as string,
    })
  })

if (await hasPostgres('move to a new folder'))
  test('a folder to copy to is created, but not by root, whose files Viva could not read', async () => {
    const database = await temporaryDatabase()
    await (await openStorage({ dataDir: '', databaseUrl: database, sandboxDays: 30 }, SEED)).close()
    const folder = join(await temporaryFolder(), 'new')
    const { code, output } = await move(database, folder)
    const isRoot = process.getuid?.() === 0
    expect([code, output]).toEqual([
      isRoot ? 2 : 0,
      expect.stringContaining(isRoot ? `install -d -o viva -m 700 ${folder}\n` : 'the same contents'),
    ])
    expect(existsSync(folder)).toBe(!isRoot)
  })

test('DATABASE_URL as a place must be set', async () => {
  const refusal = "Can't move: DATABASE_URL is not set.\n"
  expect(await move(await temporaryFolder(), 'DATABASE_URL')).toEqual({ code: 2, output: refusal })
})

test('a folder to copy from that does not exist is refused, and not created', async () => {
  const missing = resolve(await temporaryFolder(), 'none')
  const { code, output } = await move(missing, await temporaryFolder())
  expect([code, output]).toEqual([2, expect.stringContaining(`there is no folder ${missing}.`)])
})
