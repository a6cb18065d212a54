import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import {
  namesIn,
  removeTemporaryFiles,
  removeUnusedFile,
  sandboxFile,
  touchedSince,
  untouchedSince,
} from './sandbox-files.ts'
import { BrokenDisk } from '../testing/broken-disk.ts'
import { temporaryFolder } from '../testing/temporary.ts'

const MOMENT = Date.parse('2026-01-01T12:00:00Z')
const [BEFORE, AT, AFTER] = ['a', 'b', 'c'].map((letter) => letter.repeat(26)) as [string, string, string]

/** Three sandboxes that were touched a second before a moment, at it, and a second after it. */
async function three() {
  const root = await temporaryFolder()
  for (const [id, time] of [
    [BEFORE, MOMENT - 1000],
    [AT, MOMENT],
    [AFTER, MOMENT + 1000],
  ] as const) {
    const { folder, file } = sandboxFile(root, id)
    await mkdir(folder, { recursive: true })
    await writeFile(file, id)
    await utimes(file, new Date(time), new Date(time))
  }
  return { root, disk: new BrokenDisk() }
}

test('sandboxes are divided by when their file was touched, and the moment itself counts as later', async () => {
  const { root, disk } = await three()
  expect(await untouchedSince(MOMENT, root, disk.disk)).toEqual([BEFORE])
  expect((await touchedSince(MOMENT, root, disk.disk)).sort()).toEqual([AT, AFTER])
})

test('other files beside sandboxes are ignored', async () => {
  const { root, disk } = await three()
  const { folder, file } = sandboxFile(root, AT)
  for (const name of ['notes.txt', 'ABC.json', `${BEFORE}.json.bak`, `${BEFORE}.jsonl`])
    await writeFile(join(folder, name), '')
  await writeFile(`${file}.tmp`, '')
  await writeFile(join(root, 'README'), '')
  expect((await untouchedSince(Infinity, root, disk.disk)).sort()).toEqual([BEFORE, AT, AFTER])
})

test("a sandbox whose file can't be checked is left out", async () => {
  const { root, disk } = await three()
  const { stat } = disk.disk
  disk.disk.stat = (file) => (file.includes(AT) ? Promise.reject(new Error('EIO')) : stat(file))
  expect((await untouchedSince(Infinity, root, disk.disk)).sort()).toEqual([BEFORE, AFTER])
})

test('an unused file is backed up and removed, and one that was touched at that moment or later stays', async () => {
  const { root, disk } = await three()
  const backedUp: string[] = []
  for (const id of [BEFORE, AT, AFTER]) {
    await removeUnusedFile(sandboxFile(root, id).file, MOMENT, disk.disk, async () => void backedUp.push(id))
  }
  expect(backedUp).toEqual([BEFORE])
  expect((await untouchedSince(Infinity, root, disk.disk)).sort()).toEqual([AT, AFTER])
})

test('a file that cannot be backed up is not removed', async () => {
  const { root, disk } = await three()
  const { file } = sandboxFile(root, BEFORE)
  const damaged = new Error('damaged')
  await expect(removeUnusedFile(file, MOMENT, disk.disk, () => Promise.reject(damaged))).rejects.toBe(damaged)
  expect(disk.count('unlink')).toBe(0)
})

test('leftovers of an interrupted write are removed, and nothing else', async () => {
  const { root, disk } = await three()
  const { folder, file } = sandboxFile(root, AT)
  await writeFile(`${file}.tmp`, 'half')
  await writeFile(join(root, 'README'), '')
  await removeTemporaryFiles(root, disk.disk)
  expect(await readdir(folder)).toEqual([`${AT}.json`])
  expect(await readdir(root)).toContain('README')
})

test('a missing folder counts as empty, and so does a file; an unreadable one is a fault', async () => {
  const { root, disk } = await three()
  const { file } = sandboxFile(root, AT)
  expect(await namesIn(join(root, 'nothing'), disk.disk)).toEqual([])
  expect(await namesIn(file, disk.disk)).toEqual([])
  expect(await namesIn(dirname(file), disk.disk)).toEqual([`${AT}.json`])
  disk.faults.set('readdir', 'EIO')
  await expect(namesIn(root, disk.disk)).rejects.toThrow('EIO')
})
