/** A file of an archive. */
export interface ZipEntry {
  /** Relative, with forward slashes, such as `viva/main.py`. */
  path: string
  text: string
}

const LOCAL_HEADER = 0x04034b50
const CENTRAL_HEADER = 0x02014b50
const END_OF_CENTRAL = 0x06054b50
/** Names are UTF-8. */
const UTF8_FLAG = 0x0800
const VERSION_NEEDED = 20
/** Made by Unix, so that the mode below counts. */
const VERSION_MADE_BY = (3 << 8) | VERSION_NEEDED
/** `-rw-r--r--` of a regular file. */
const MODE = 0o100644

/**
 * An archive of text files, stored without compression.
 * Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3 and 4.4
 * @param modified local time that the files get; the format starts with the year 1980
 */
export function zip(entries: readonly ZipEntry[], modified: Date): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const local: Uint8Array[] = []
  const central: Uint8Array[] = []
  let offset = 0
  for (const { path, text } of entries) {
    const name = encoder.encode(path)
    const data = encoder.encode(text)
    const shared = [
      ...short(VERSION_NEEDED),
      ...short(UTF8_FLAG),
      ...short(0),
      ...dosTime(modified),
      ...long(crc32(data)),
      ...long(data.length),
      ...long(data.length),
      ...short(name.length),
      ...short(0),
    ]
    const head = Uint8Array.from([...long(LOCAL_HEADER), ...shared, ...name])
    local.push(head, data)
    central.push(
      Uint8Array.from([
        ...long(CENTRAL_HEADER),
        ...short(VERSION_MADE_BY),
        ...shared,
        ...short(0),
        ...short(0),
        ...short(0),
        ...long((MODE << 16) >>> 0),
        ...long(offset),
        ...name,
      ]),
    )
    offset += head.length + data.length
  }
  const size = central.reduce((sum, part) => sum + part.length, 0)
  const count = short(entries.length)
  const end = [...long(END_OF_CENTRAL), ...short(0), ...short(0), ...count, ...count, ...long(size)]
  return joined([...local, ...central, Uint8Array.from([...end, ...long(offset), ...short(0)])])
}

const short = (value: number): number[] => [value & 0xff, (value >>> 8) & 0xff]
const long = (value: number): number[] => [...short(value & 0xffff), ...short(value >>> 16)]

function dosTime(at: Date): number[] {
  const time = (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1)
  const date = ((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate()
  return [...short(time), ...short(date)]
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function crc32(data: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of data) value = (value >>> 8) ^ (CRC_TABLE[(value ^ byte) & 0xff] ?? 0)
  return (value ^ 0xffffffff) >>> 0
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
