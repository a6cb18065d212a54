import { expect, test, vi } from 'vitest'
import { patientRename } from './disk.ts'
import { syncFolder } from './durable-file.ts'
import { BrokenDisk } from '../testing/broken-disk.ts'
import { temporaryFolder } from '../testing/temporary.ts'

/** A rename that fails so many times. */
function failing(times: number, code: string) {
  let left = times
  return vi.fn(async () => {
    left -= 1
    if (left >= 0) throw Object.assign(new Error(code), { code })
  })
}

const atOnce = () => Promise.resolve()

test.each(['EPERM', 'EACCES', 'EBUSY'])(
  'on Windows a rename waits while another program has the file open (%s)',
  async (code) => {
    const move = failing(3, code)
    await patientRename(move, 'win32', atOnce)('a.tmp', 'a')
    expect(move).toHaveBeenCalledTimes(4)
  },
)

test('it gives up on a file that stays open, and at once when the cause will not pass or the system is another one', async () => {
  const tries = async (code: string, platform: NodeJS.Platform): Promise<number> => {
    const move = failing(1_000, code)
    await expect(patientRename(move, platform, atOnce)('a.tmp', 'a')).rejects.toThrow(code)
    return move.mock.calls.length
  }
  expect(await tries('EPERM', 'win32')).toBe(20)
  expect(await tries('ENOSPC', 'win32')).toBe(1)
  expect(await tries('EPERM', 'linux')).toBe(1)
})

test('a folder is flushed where a folder can be opened, which it cannot be on Windows', async () => {
  const folder = await temporaryFolder()
  const { disk, calls, faults } = new BrokenDisk()
  await syncFolder(disk, folder, 'linux')
  expect(calls.map((call) => call.split(' ')[0])).toEqual(['open', 'sync'])
  faults.set('open', 'EPERM')
  await syncFolder(disk, folder, 'win32')
  await expect(syncFolder(disk, folder, 'linux')).rejects.toThrow('EPERM')
})
