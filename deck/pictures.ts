import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, relative, resolve, sep } from 'node:path'

/** A picture beside a lesson. */
export interface Picture {
  /** Where pages find it: named by its content, and by its size where that is known. */
  address: string
  path: string
}

const EXTENSIONS = ['.png', '.jpg', '.jpeg', '.gif', '.webp', '.avif', '.svg']
/** The server keeps what it serves in memory, and a learner may be on a phone. */
const MAX_BYTES = 2 * 1024 * 1024

/** Where the build puts pictures. Files there may be kept by browsers, because their names change with their content. */
export const PICTURES = '/assets/pictures/'

/**
 * Reads a picture that a lesson shows.
 * @param folder the lesson's
 * @param source as the author wrote it, such as `codes.png`
 * @returns the picture, or why it can't be shown
 */
export async function readPicture(folder: string, source: string): Promise<Picture | { cause: string }> {
  const path = resolve(folder, decoded(source))
  const extension = extname(path).toLowerCase()
  const way = relative(folder, path)
  // Between two drives of Windows, there is no relative path.
  if (way.startsWith(`..${sep}`) || isAbsolute(way)) {
    return { cause: `put the picture "${source}" into the lesson's own folder` }
  }
  if (!EXTENSIONS.includes(extension)) {
    return { cause: `"${source}" is not a picture that browsers show; use ${EXTENSIONS.join(', ')}` }
  }
  const bytes = await readFile(path).catch(() => null)
  if (bytes === null) return { cause: `there is no picture "${source}" beside lesson.md` }
  if (bytes.length > MAX_BYTES) {
    return {
      cause: `"${source}" has ${(bytes.length / 1024 / 1024).toFixed(1)} MB; make it smaller than 2 MB`,
    }
  }
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  const size = sizeOf(bytes)
  const suffix = size === null ? '' : `-${size.width}x${size.height}`
  return { address: `${PICTURES}${hash}${suffix}${extension}`, path }
}

/** Width and height in pixels that a picture's address tells, so that the page keeps room for it. */
export function sizeInAddress(address: string): { width: string; height: string } | null {
  const [, width, height] = /-(\d+)x(\d+)\.\w+$/.exec(address) ?? []
  return address.startsWith(PICTURES) && width && height ? { width, height } : null
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
