import { crc32, deflateSync } from 'node:zlib'

/** Width and height in pixels, and their colours row by row: red, green, blue, opacity, a byte each. */
export interface Picture {
  size: number
  pixels: Uint8Array
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const BITS = 8
const RED_GREEN_BLUE_OPACITY = 6

/** A square picture as a PNG file: https://www.w3.org/TR/png-3/ */
export function pngOf({ size, pixels }: Picture): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([BITS, RED_GREEN_BLUE_OPACITY, 0, 0, 0], 8)
  const bytesPerRow = size * 4
  // Each row begins with the number of its filter; 0 is none.
  const rows = Buffer.alloc(size * (bytesPerRow + 1))
  for (let row = 0; row < size; row += 1) {
    rows.set(pixels.subarray(row * bytesPerRow, (row + 1) * bytesPerRow), row * (bytesPerRow + 1) + 1)
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}
