import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { DamagedSandbox } from '../storage/errors.ts'
import { createEngine, createTables, sessionLocal } from './database.ts'
import { User } from './models.ts'
import { seededRows } from './seed.ts'

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

test('the default database is created once, with the three people', async () => {
  const dataDir = await dataFolder()
  const engine = await createEngine({ dataDir }, seededRows)
  await createTables(engine)
  const db = sessionLocal((await engine.sandbox('default'))!)
  const ada = (await db.get(User, 1))!
  ada.name = 'Augusta'
  await db.commit()
  await engine.close()

  const again = await createEngine({ dataDir }, seededRows)
  await createTables(again)
  expect((await sessionLocal((await again.sandbox('default'))!).get(User, 1))?.name).toBe('Augusta')
  await again.close()
})

test('a damaged default does not keep the server from starting for the others', async () => {
  const dataDir = await dataFolder()
  await mkdir(join(dataDir, 'sandboxes/de'), { recursive: true })
  await writeFile(join(dataDir, 'sandboxes/de/default.json'), 'no JSON')
  const engine = await createEngine({ dataDir }, seededRows)
  await createTables(engine)
  await expect(engine.sandbox('default')).rejects.toThrow(DamagedSandbox)
  expect((await (await engine.create()).read()).users).toHaveLength(3)
  await engine.close()
})
