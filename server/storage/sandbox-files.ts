import { join } from 'node:path'
import { codeOf, type Disk } from './disk.ts'
import { DurableFile, TEMPORARY } from './durable-file.ts'
import { DamagedSandbox } from './errors.ts'
import { SANDBOX_ID } from './storage.ts'

/** Where a sandbox's file stands: spread over up to 1,024 folders by the first two characters of its id. */
export function sandboxFile(root: string, id: string): { folder: string; file: string } {
  const folder = join(root, id.slice(0, 2))
  return { folder, file: join(folder, `${id}.json`) }
}

/** Removes what writes left behind that a kill cut short. Must be over before the first write begins. */
export async function removeTemporaryFiles(root: string, disk: Disk): Promise<void> {
  for (const folder of await namesIn(root, disk)) {
    for (const name of await namesIn(join(root, folder), disk)) {
      if (name.endsWith(TEMPORARY)) await disk.unlink(join(root, folder, name))
    }
  }
}

/** Ids of the sandboxes whose file wasn't touched since a moment, in milliseconds of the epoch. */
export async function untouchedSince(moment: number, root: string, disk: Disk): Promise<string[]> {
  const ids: string[] = []
  for (const folder of await namesIn(root, disk)) {
    for (const name of await namesIn(join(root, folder), disk)) {
      const id = name.replace(/\.json$/, '')
      if (!SANDBOX_ID.test(id)) continue
      if (await isOlder(join(root, folder, name), moment, disk)) ids.push(id)
    }
  }
  return ids
}

/**
 * Removes a sandbox's file that wasn't touched since a moment, but never one that is damaged: somebody may want to mend it.
 * A search among many files takes a while, so the file's time is asked for once more.
 */
export async function removeUnusedFile(file: string, moment: number, disk: Disk): Promise<void> {
  if (!(await isOlder(file, moment, disk))) return
  try {
    await new DurableFile(file, disk).read()
  } catch (error) {
    if (error instanceof DamagedSandbox) return
    throw error
  }
  await disk.unlink(file)
}

/** False, too, for a file that can't be looked at. */
async function isOlder(file: string, moment: number, disk: Disk): Promise<boolean> {
  return disk.stat(file).then(
    ({ mtimeMs }) => mtimeMs < moment,
    () => false,
  )
}

async function namesIn(folder: string, disk: Disk): Promise<string[]> {
  return disk.readdir(folder).catch((error: unknown) => {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  })
}
