import type { Picture } from './png.ts'

/** What `favicon.svg` draws: a rounded square, and a line of round ends on it. */
export interface Icon {
  /** Side of the square, in the drawing's own units. */
  side: number
  radius: number
  ground: Colour
  line: { points: [x: number, y: number][]; width: number; colour: Colour }
}

type Colour = [red: number, green: number, blue: number]

/** Reads the drawing. @throws when it has another shape than this reader knows */
export function readIcon(svg: string): Icon {
  const [, side, radius, ground] =
    /<rect width="(\d+)" height="\1" rx="([\d.]+)" fill="(#[0-9a-f]+)"\/>/.exec(svg) ?? []
  const [, path, colour, width] =
    /<path d="M([\d. ]+)" fill="none" stroke="(#[0-9a-f]+)" stroke-width="([\d.]+)" stroke-linecap="round"/.exec(
      svg,
    ) ?? []
  const numbers = path?.split(' ').map(Number) ?? []
  if (side === undefined || numbers.length < 4)
    throw new Error('favicon.svg is no longer a rounded square with one line: change vite/draw-icon.ts, too')
  const points = Array.from({ length: numbers.length / 2 }, (_, index): [number, number] => [
    numbers[2 * index] ?? 0,
    numbers[2 * index + 1] ?? 0,
  ])
  return {
    ...{ side: Number(side), radius: Number(radius), ground: colourOf(ground) },
    line: { points, width: Number(width), colour: colourOf(colour) },
  }
}

/**
 * Draws the icon.
 * @param size width and height in pixels
 * @param isFull fills the corners, for systems that cut their own shape out of it
 */
export function drawIcon({ side, radius, ground, line }: Icon, size: number, isFull = false): Picture {
  const pixels = new Uint8Array(size * size * 4)
  const unit = size / side
  for (let index = 0; index < size * size; index += 1) {
    const x = ((index % size) + 0.5) / unit
    const y = (Math.floor(index / size) + 0.5) / unit
    // A pixel that an edge passes through is covered in part.
    const lit = coverage((distanceToLine(x, y, line.points) - line.width / 2) * unit)
    const opacity = isFull ? 1 : coverage(distanceToSquare(x, y, side, radius) * unit)
    ground.forEach((value, channel) => {
      pixels[index * 4 + channel] = Math.round(value + ((line.colour[channel] ?? 0) - value) * lit)
    })
    pixels[index * 4 + 3] = Math.round(opacity * 255)
  }
  return { size, pixels }
}

/** @param distance in pixels, negative inside */
function coverage(distance: number): number {
  return Math.min(1, Math.max(0, 0.5 - distance))
}

function distanceToSquare(x: number, y: number, side: number, radius: number): number {
  const fromCorner = (value: number): number => Math.abs(value - side / 2) - side / 2 + radius
  const [dx, dy] = [fromCorner(x), fromCorner(y)]
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius
}

function distanceToLine(x: number, y: number, points: Icon['line']['points']): number {
  const distances = points.slice(1).map(([endX, endY], index) => {
    const [startX, startY] = points[index] ?? [endX, endY]
    const [dx, dy] = [endX - startX, endY - startY]
    const along = Math.min(1, Math.max(0, ((x - startX) * dx + (y - startY) * dy) / (dx * dx + dy * dy || 1)))
    return Math.hypot(x - startX - along * dx, y - startY - along * dy)
  })
  return Math.min(...distances)
}

function colourOf(hex = ''): Colour {
  const digits =
    hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit) : hex.match(/[0-9a-f]{2}/g)
  const [red = 0, green = 0, blue = 0] = (digits ?? []).map((pair) => parseInt(pair, 16))
  return [red, green, blue]
}
