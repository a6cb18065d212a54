import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { basename, dirname, extname, isAbsolute, relative, resolve, sep } from 'node:path'
import { pictureFault } from './picture-kind.ts'
import { MB, readFileOfDeck } from './read-file.ts'

/** A picture beside a lesson. */
export interface Picture {
  /** Where pages find it: named by its content, and by its size where that is known. */
  address: string
  path: string
}

const EXTENSIONS = ['.png', '.jpg', '.jpeg', '.gif', '.webp', '.avif', '.svg']
/** The server keeps what it serves in memory, and a learner may be on a phone. */
const MAX_BYTES = 2 * MB

/** Where the build puts pictures. Files there may be kept by browsers, because their names change with their content. */
export const PICTURES = '/assets/pictures/'

/**
 * Reads a picture that a lesson shows.
 * @param folder the lesson's
 * @param source as the author wrote it, such as `codes.png`
 * @returns the picture, or why it can't be shown
 */
export async function readPicture(folder: string, source: string): Promise<Picture | { cause: string }> {
  const name = decoded(source)
  const path = resolve(folder, name)
  const extension = extname(path).toLowerCase()
  const way = relative(folder, path)
  // Between two drives of Windows, there is no relative path.
  if (way.startsWith(`..${sep}`) || isAbsolute(way)) {
    return { cause: `put the picture "${name}" into the lesson's own folder` }
  }
  if (!EXTENSIONS.includes(extension)) {
    return { cause: `"${name}" is not a picture that browsers show; use ${EXTENSIONS.join(', ')}` }
  }
  const found = await nameOnDisk(path)
  if (found === null) return { cause: `there is no picture "${name}" beside lesson.md` }
  if (found.normalize('NFC') !== basename(path).normalize('NFC'))
    return { cause: `there is no picture "${name}" beside lesson.md, but there is "${found}"` }
  const file = resolve(dirname(path), found)
  const bytes = await readFileOfDeck(file, MAX_BYTES)
  if (bytes === null) return { cause: `there is no picture "${name}" beside lesson.md` }
  const fault = 'cause' in bytes ? bytes.cause : pictureFault(bytes, extension)
  if ('cause' in bytes || fault !== null) return { cause: `"${name}": ${fault}` }
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  const size = sizeOf(bytes)
  const suffix = size === null ? '' : `-${size.width}x${size.height}`
  return { address: `${PICTURES}${hash}${suffix}${extension}`, path: file }
}

/** Width and height in pixels that a picture's address tells, so that the page keeps room for it. */
export function sizeInAddress(address: string): { width: string; height: string } | null {
  const [, width, height] = /-(\d+)x(\d+)\.\w+$/.exec(address) ?? []
  return address.startsWith(PICTURES) && width && height ? { width, height } : null
}

/**
 * A file's name as its folder has it. Systems write letters with marks in two ways (NFC and NFD), and some don't tell capitals from small
 * letters, so what works on the author's machine would be missing on the server.
 */
async function nameOnDisk(path: string): Promise<string | null> {
  const names = await readdir(dirname(path)).catch(() => [])
  const wanted = basename(path)
  const alike = (name: string, form: (text: string) => string): boolean => form(name) === form(wanted)
  const forms = [
    (text: string) => text,
    (text: string) => text.normalize('NFC'),
    (text: string) => text.normalize('NFC').toLowerCase(),
  ]
  return (
    forms.map((form) => names.find((name) => alike(name, form))).find((name) => name !== undefined) ?? null
  )
}

function decoded(source: string): string {
  try {
    return decodeURIComponent(source)
  } catch {
    return source
  }
}

/** In pixels, of a PNG, a GIF or a JPEG; null for others. */
function sizeOf(bytes: Buffer): { width: number; height: number } | null {
  if (bytes.subarray(1, 4).toString('latin1') === 'PNG' && bytes.length > 24) {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  }
  if (bytes.subarray(0, 3).toString('latin1') === 'GIF' && bytes.length > 10) {
    return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
  }
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null
  // A JPEG is a row of segments, each with its length; those from C0 to CF have the size, but for three tables.
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1]!
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
  }
  return null
}
