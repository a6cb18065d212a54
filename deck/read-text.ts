import { readFile } from 'node:fs/promises'
import type { Fault } from './fault.ts'
import { fileName } from './file-name.ts'
import { MB, readFileOfDeck } from './read-file.ts'

/**
 * Reads a source file of the project. Git may have checked it out with the line ends of Windows; its lines end with `\n` here.
 * @throws when it can't be read
 */
export async function readSource(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n')
}

/**
 * Reads a text that an author wrote, whatever the editor: lines end with `\n` afterwards, a byte order mark is gone, and letters with marks
 * are one character each (NFC), so that the same words are equal in two files.
 * @param root the folder that the fault names the file from
 * @param faults a file that can't be read or isn't UTF-8 is added here
 * @returns null when there is no such file, or when there was a fault
 */
export async function readAuthorsText(root: string, path: string, faults: Fault[]): Promise<string | null> {
  const text = await readUtf8(root, path, faults)
  return text?.replaceAll('\r', '\n').normalize('NFC') ?? null
}

/** Reads code, or what a program printed: as it is, but for the line ends of Windows. For the rest see `readAuthorsText`. */
export async function readUtf8(root: string, path: string, faults: Fault[]): Promise<string | null> {
  const bytes = await readFileOfDeck(path, MB)
  if (bytes === null) return null
  if ('cause' in bytes) {
    faults.push({ file: fileName(root, path), line: 1, cause: bytes.cause })
    return null
  }
  const text = decoded(bytes)
  if (text !== null) return text.replaceAll('\r\n', '\n')
  const line = wrongLine(bytes)
  faults.push({
    file: fileName(root, path),
    line,
    cause: 'this file isn’t in UTF-8; save it as UTF-8 in your editor, or its letters turn into �',
  })
  return null
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** The first line that isn't UTF-8, from 1. */
function wrongLine(bytes: Buffer): number {
  let begin = 0
  for (let line = 1; begin < bytes.length; line += 1) {
    const end = bytes.indexOf('\n', begin)
    if (decoded(bytes.subarray(begin, end < 0 ? undefined : end)) === null) return line
    if (end < 0) break
    begin = end + 1
  }
  return 1
}
