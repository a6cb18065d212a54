import { readFile } from 'node:fs/promises'
import type { Fault } from './fault.ts'
import { fileName } from './file-name.ts'

/**
 * Reads a source file. Git may have checked it out with the line ends of Windows; its lines end with `\n` here.
 * @throws when it can't be read
 */
export async function readSource(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n')
}

/**
 * Reads a text that an author wrote, whatever the editor: lines end with `\n` afterwards, and a byte order mark is gone.
 * @param root the folder that the fault names the file from
 * @param faults a file that isn't UTF-8 is added here
 * @returns null when there is no such file, or when it isn't UTF-8
 */
export async function readAuthorsText(root: string, path: string, faults: Fault[]): Promise<string | null> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  })
  if (bytes === null) return null
  const text = decoded(bytes)
  if (text !== null) return text.replaceAll(/\r\n?/g, '\n')
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
