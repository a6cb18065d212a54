import { join } from 'node:path'
import { codeOf, type Disk } from './disk.ts'
import { TEMPORARY_SUFFIX } from './durable-file.ts'
import { SANDBOX_ID } from '../storage.ts'

/** Path of a sandbox's file: sandboxes are spread over up to 1,024 folders by the first two characters of their id. */
export function sandboxFile(root: string, id: string): { folder: string; file: string } {
  const folder = join(root, id.slice(0, 2))
  return { folder, file: join(folder, `${id}.json`) }
}

/** Removes what interrupted writes left behind. Must finish before the first write starts. */
export async function removeTemporaryFiles(root: string, disk: Disk): Promise<void> {
  for (const folder of await namesIn(root, disk)) {
    for (const name of await namesIn(join(root, folder), disk)) {
      if (name.endsWith(TEMPORARY_SUFFIX)) await disk.unlink(join(root, folder, name))
    }
  }
}

/** Ids of sandboxes whose file has not been touched since `moment`, in milliseconds since 1970. */
export async function untouchedSince(moment: number, root: string, disk: Disk): Promise<string[]> {
  return sandboxesWhere((mtimeMs) => mtimeMs < moment, root, disk)
}

/** Ids of sandboxes whose file has been touched since `moment`, in milliseconds since 1970. */
export async function touchedSince(moment: number, root: string, disk: Disk): Promise<string[]> {
  return sandboxesWhere((mtimeMs) => mtimeMs >= moment, root, disk)
}

/** Skips sandboxes whose file can't be read. */
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
 * Removes a sandbox's file unless it has been touched since `moment`. A damaged one stays: someone may want to repair it.
 * Searching many files takes a while, so the file's time is read once more.
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

/** Names in a folder; none when it doesn't exist or is a file. */
export async function namesIn(folder: string, disk: Disk): Promise<string[]> {
  return disk.readdir(folder).catch((error: unknown) => {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  })
}
