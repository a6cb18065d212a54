import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { drawIcon, readIcon } from './draw-icon.ts'
import { pngOf } from './png.ts'

const svg = readFileSync(resolve(import.meta.dirname, '../public/favicon.svg'), 'utf8')
const icon = readIcon(svg)

/** The colour of a pixel at a place in the drawing, whose side is 32. */
function at(picture: { size: number; pixels: Uint8Array }, x: number, y: number): number[] {
  const [column, row] = [x, y].map((value) => Math.floor((value / 32) * picture.size)) as [number, number]
  return [...picture.pixels.subarray((row * picture.size + column) * 4).subarray(0, 4)]
}

const BLUE = [0x1a, 0x52, 0x96, 255]
const WHITE = [255, 255, 255, 255]

test('the picture has the drawing’s ground, its line and clear corners', () => {
  const picture = drawIcon(icon, 192)
  expect(at(picture, 0.1, 0.1)[3]).toBe(0)
  expect(at(picture, 31.9, 31.9)[3]).toBe(0)
  expect(at(picture, 16, 8)).toEqual(BLUE)
  expect(at(picture, 1, 16)).toEqual(BLUE)
  for (const [x, y] of [
    [7.5, 9],
    [16, 24.5],
    [24.5, 9],
    [20.25, 16.75],
  ] as const)
    expect(at(picture, x, y)).toEqual(WHITE)
})

test('a full picture has colour in its corners, and its line within the circle that every system keeps', () => {
  const picture = drawIcon(icon, 180, true)
  expect(at(picture, 0.1, 0.1)).toEqual(BLUE)
  for (let index = 0; index < picture.size ** 2; index += 1) {
    if (picture.pixels[index * 4] === BLUE[0]) continue
    const [x, y] = [index % picture.size, Math.floor(index / picture.size)].map((each) => each + 0.5)
    expect(Math.hypot((x ?? 0) - 90, (y ?? 0) - 90)).toBeLessThanOrEqual(0.4 * 180 + 0.5)
  }
})

test('a PNG holds the pixels, with the checksums that a reader expects', () => {
  const picture = drawIcon(icon, 16)
  const png = pngOf(picture)
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([16, 16])
  // The checksum of an empty IEND, as in every PNG.
  expect(png.subarray(-12).toString('hex')).toBe('0000000049454e44ae426082')
  const length = png.readUInt32BE(33)
  const rows = inflateSync(png.subarray(41, 41 + length))
  expect(rows).toHaveLength(16 * (16 * 4 + 1))
  expect([...rows.subarray(1, 65)]).toEqual([...picture.pixels.subarray(0, 64)])
})

test('another drawing is refused by name', () => {
  expect(() => readIcon('<svg><circle r="4"/></svg>')).toThrow('vite/draw-icon.ts')
})
