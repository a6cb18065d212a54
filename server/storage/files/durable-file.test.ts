import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { DurableFile, storageError } from './durable-file.ts'
import { StorageFull, StorageUnavailable } from '../errors.ts'
import { seeded } from '../snapshot.ts'
import { BrokenDisk } from '../testing/broken-disk.ts'
import { SEED } from '../testing/seed.ts'
import { temporaryFolder } from '../testing/temporary.ts'

const failed = (code: string) => Object.assign(new Error(`${code}: made to fail`), { code })

test.each([
  ['ENOSPC', StorageFull, 'There is no space left on the disk'],
  ['EDQUOT', StorageFull, 'There is no space left on the disk'],
  ['EIO', StorageUnavailable, 'The disk failed (EIO)'],
])("%s becomes the storage's own error, with its cause", (code, kind, message) => {
  const cause = failed(code)
  const error = storageError(cause)
  expect(error).toBeInstanceOf(kind)
  expect(error).toMatchObject({ message, cause })
})

test('an error without a code keeps its message, and one that is already named stays as it is', () => {
  expect(storageError(new RangeError('too far')).message).toBe('The disk failed (RangeError: too far)')
  expect(storageError(null).message).toBe('The disk failed (null)')
  for (const named of [new StorageFull('a'), new StorageUnavailable('b')])
    expect(storageError(named)).toBe(named)
})

test('a write whose folder cannot be flushed says why it is unconfirmed', async () => {
  const disk = new BrokenDisk()
  const file = new DurableFile(join(await temporaryFolder(), 'a.json'), disk.disk)
  disk.faults.set('sync', 'EIO')
  await expect(file.write(seeded(SEED))).rejects.toMatchObject({
    name: 'Unconfirmed',
    message: 'The disk failed (EIO)',
    cause: { code: 'EIO' },
  })
})

test('on Windows, which refuses to open folders, a write needs no flush of its folder', async () => {
  const { platform } = process
  onTestFinished(() => void Object.defineProperty(process, 'platform', { value: platform }))
  Object.defineProperty(process, 'platform', { value: 'win32' })
  const disk = new BrokenDisk()
  const file = new DurableFile(join(await temporaryFolder(), 'a.json'), disk.disk)
  disk.faults.set('sync', 'EPERM')
  await file.write(seeded(SEED))
  expect(await file.read()).toEqual(seeded(SEED))
})
