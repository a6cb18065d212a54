import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished } from 'vitest'
import { openFiles } from '../../server/storage/files/open-files.ts'
import { openPostgres } from '../../server/storage/postgres/open-postgres.ts'
import type { Storage } from '../../server/storage/storage.ts'
import { hasPostgres, makeDatabase } from '../../server/storage/testing/make-database.ts'
import { person, SEED } from '../../server/storage/testing/seed.ts'
import { guarantee, long } from '../support/guarantees.ts'

const script = resolve(import.meta.dirname, '../../scripts/move.mjs')

async function moved(from: string, to: string) {
  const run = promisify(execFile)(process.execPath, [script, '--from', from, '--to', to])
  return run.then(
    ({ stdout }) => stdout,
    (error: { stdout: string; stderr: string }) => `FAILED ${error.stdout}${error.stderr}`,
  )
}

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'viva-move-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}

async function contents(storage: Storage) {
  const sandboxes = new Map<string, unknown>()
  for (const id of await storage.sandboxIds()) sandboxes.set(id, await (await storage.sandbox(id))?.read())
  const streams = new Map<string, unknown>()
  for (const { stream } of await storage.events.heads(''))
    streams.set(stream, await storage.events.read(stream, 0))
  await storage.close()
  return { sandboxes, streams }
}

guarantee(
  'Everything moves from files to PostgreSQL and back, and moving again duplicates nothing',
  async (row) => {
    if (!(await hasPostgres('moving'))) {
      row.leftOut = 'no PostgreSQL here'
      return
    }
    const [here, back] = [await folder(), await folder()]
    const { url, drop } = await makeDatabase()
    onTestFinished(drop)
    const files = await openFiles({ dataDir: here, seed: SEED })
    const many = long(30, 2_000)
    for (let index = 0; index < many; index += 1) {
      const store = await files.create()
      await store.transact((draft) => draft.insertUser(person(`P${index}`, { bio: `NUL \0 and ${index}` })))
      await files.events.append(`room-${index}`, 0, [{ index }, 'two'])
    }
    await files.sandbox('default')
    await files.close()

    expect(await moved(here, url)).toMatch(
      new RegExp(`sandboxes: ${many + 1} read, .*Source and target have the same contents`, 's'),
    )
    expect(await moved(here, url)).toMatch(
      new RegExp(
        `${many + 1} read, 0 written, ${many + 1} already there.*${many} read, 0 written.*Source and target have the same contents`,
        's',
      ),
    )
    expect(await moved(url, back)).toMatch(/Source and target have the same contents/)
    const first = await contents(await openFiles({ dataDir: here, seed: SEED }))
    expect(await contents(await openPostgres({ url, seed: SEED, days: 30 }))).toEqual(first)
    expect(await contents(await openFiles({ dataDir: back, seed: SEED }))).toEqual(first)

    // Moving again doesn't overwrite later changes in the target.
    const there = await openPostgres({ url, seed: SEED, days: 30 })
    const [id = ''] = [...first.sandboxes.keys()]
    await (await there.sandbox(id))!.transact((draft) => draft.insertUser(person('Since')))
    await there.close()
    expect(await moved(here, url)).toMatch(
      new RegExp(`^FAILED ${id}: it has been changed at the destination since`),
    )
    expect(await moved(join(here, 'nowhere'), url)).toMatch(/^FAILED Can't move: there is no folder/)
    row.tried = `${many + 1} sandboxes and ${many} streams there, again, and back`
    row.figure = 'counts, checksums and contents equal'
  },
  300_000,
)
