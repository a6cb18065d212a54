import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeWhole, removeUnfinished } from './whole-folder.ts'

let cache = ''
beforeEach(async () => void (cache = await mkdtemp(join(tmpdir(), 'viva-whole-'))))
afterEach(() => rm(cache, { recursive: true }))

/** The id of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'close')
  return child.pid ?? 0
}

test('a folder is there when all of it is, and not before', async () => {
  const folder = join(cache, '1-a')
  await makeWhole(folder, async (unfinished) => {
    await writeFile(join(unfinished, 'manifest.json'), '{}')
    expect(existsSync(folder)).toBe(false)
    expect((await readdir(cache)).every((name) => name.startsWith('.'))).toBe(true)
  })
  expect(await readdir(folder)).toEqual(['manifest.json'])
  expect(await readdir(cache)).toEqual(['1-a'])
})

test('a failure leaves nothing, and of two builders the first one’s folder stays', async () => {
  const folder = join(cache, '1-a')
  const failing = makeWhole(folder, () => Promise.reject(new Error('no space left')))
  await expect(failing).rejects.toThrow('no space left')
  expect(await readdir(cache)).toEqual([])
  await makeWhole(folder, async (unfinished) => {
    await mkdir(folder)
    await writeFile(join(folder, 'first'), '')
    await writeFile(join(unfinished, 'second'), '')
  })
  expect(await readdir(folder)).toEqual(['first'])
})

test('what killed builders left goes away; what one that runs is making stays', async () => {
  const [dead, alive] = [`.1-a.${await endedProcess()}`, `.1-a.${process.pid}`]
  for (const name of [dead, alive, '1-a', 'wheels-6885f644']) await mkdir(join(cache, name))
  await removeUnfinished(cache)
  expect((await readdir(cache)).sort()).toEqual([alive, '1-a', 'wheels-6885f644'])
  await removeUnfinished(join(cache, 'not-there'))
})
