import { join } from 'node:path'
import { codeOf, type Disk } from './disk.ts'
import { TEMPORARY } from './durable-file.ts'
import { SANDBOX_ID } from '../storage.ts'

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
  return sandboxesWhere((mtimeMs) => mtimeMs < moment, root, disk)
}

/** Ids of the others. */
export async function touchedSince(moment: number, root: string, disk: Disk): Promise<string[]> {
  return sandboxesWhere((mtimeMs) => mtimeMs >= moment, root, disk)
}

/** Leaves out those whose file can't be looked at. */
async function sandboxesWhere(
  fits: (mtimeMs: number) => boolean,
  root: string,
  disk: Disk,
): Promise<string[]> {
  const ids: string[] = []
  for (const folder of await namesIn(root, disk)) {
    for (const name of await namesIn(join(root, folder), disk)) {
      const id = name.replace(/\.json$/, '')
      if (!SANDBOX_ID.test(id)) continue
      const times = await disk.stat(join(root, folder, name)).catch(() => undefined)
      if (times && fits(times.mtimeMs)) ids.push(id)
    }
  }
  return ids
}

/**
 * Removes a sandbox's file that wasn't touched since a moment, but never one that is damaged: somebody may want to mend it.
 * A search among many files takes a while, so the file's time is asked for once more.
 * @param backUp makes the last backup, and throws when the file is damaged
 */
export async function removeUnusedFile(
  file: string,
  moment: number,
  disk: Disk,
  backUp: () => Promise<void>,
): Promise<void> {
  const { mtimeMs } = await disk.stat(file)
  if (mtimeMs >= moment) return
  await backUp()
  await disk.unlink(file)
}

/** What a folder holds; nothing when it isn't there, or is a file. */
export async function namesIn(folder: string, disk: Disk): Promise<string[]> {
  return disk.readdir(folder).catch((error: unknown) => {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  })
}
