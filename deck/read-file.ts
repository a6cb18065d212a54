import { lstat, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, relative, sep } from 'node:path'

/** A megabyte, in bytes. */
export const MB = 1024 * 1024

/** What the system calls that a deck's files can fail with, as an author would put it. */
const CAUSES: Record<string, string> = {
  EACCES: 'this file may not be read; change its permissions',
  EPERM: 'this file may not be read; change its permissions',
  ELOOP: 'this is a link to itself; put the file here',
}

/**
 * Reads a file of a deck. One that never ends (a device, a pipe), that is too large or that lies in another folder isn't read: a deck may be
 * someone else's, and what it shows is public.
 * @param maxBytes more than that is a fault
 * @returns the file's bytes, null when there is no such file, or why it isn't read
 */
export async function readFileOfDeck(
  path: string,
  maxBytes: number,
): Promise<Buffer | null | { cause: string }> {
  try {
    if ((await lstat(path)).isSymbolicLink() && !(await leadsInto(dirname(path), path)))
      return { cause: 'this is a link to another folder; put the file itself here' }
    const { size, isFile } = await kindOf(path)
    if (!isFile) return { cause: 'this is not a file; put a file with this name here' }
    if (size > maxBytes)
      return { cause: `has ${(size / MB).toFixed(1)} MB; make it smaller than ${maxBytes / MB} MB` }
    return await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (['ENOENT', 'ENOTDIR'].includes(code)) return null
    return { cause: CAUSES[code] ?? `this file can't be read (${code || String(error)})` }
  }
}

async function kindOf(path: string): Promise<{ size: number; isFile: boolean }> {
  const found = await stat(path)
  return { size: found.size, isFile: found.isFile() }
}

async function leadsInto(folder: string, path: string): Promise<boolean> {
  const place = relative(await realpath(folder), await realpath(path))
  return place !== '..' && !place.startsWith(`..${sep}`) && !isAbsolute(place)
}
