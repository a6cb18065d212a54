/** A run of characters of one client: `clock` is the number of characters that the client wrote before it. */
export interface Range {
  client: number
  clock: number
  length: number
}

/** One character, by its client's clock. */
export interface Place {
  client: number
  clock: number
}

export interface Piece extends Range {
  /** UTF-16 units of its text; 0 for text that was deleted again before it was sent. */
  characters: number
  /** Its neighbours when it was written: both must exist before it. */
  left: Place | null
  right: Place | null
}

/** A gap for missing pieces. */
interface Gap {
  missing: number
}

/** The contents of an update: pieces, each client's in the order of their clocks, and deleted ranges. */
export interface UpdateContents {
  pieces: Piece[]
  deleted: Range[]
}

/** The name of the text in its Yjs document, also used by the browser. */
export const TEXT = 'text'

/** Kinds of content and flags of an item, as Yjs writes them: https://github.com/yjs/yjs/blob/main/INTERNALS.md */
const GC = 0
const DELETED = 1
const STRING = 4
const SKIP = 10
const HAS_LEFT = 0x80
const HAS_RIGHT = 0x40
const HAS_KEY = 0x20

/** More than a client can write with all the bytes of a room. */
const MAX_CLOCK = 2 ** 31

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

class Malformed extends Error {}

/**
 * Reads a Yjs update (its first format) without trusting any count in it: memory and time are bounded by the update's own bytes, which Yjs itself
 * doesn't do. Only what changes of one plain text consist of is accepted.
 * @returns null for anything else
 */
export function readUpdate(update: Uint8Array): UpdateContents | null {
  try {
    const reader = new Reader(update)
    const contents = { pieces: readPieces(reader), deleted: readDeleted(reader) }
    return reader.isAtEnd ? contents : null
  } catch (error) {
    // Text that isn't UTF-8 causes a TypeError.
    if (error instanceof Malformed || error instanceof TypeError) return null
    throw error
  }
}

function readPieces(reader: Reader): Piece[] {
  const pieces: Piece[] = []
  const clients = new Set<number>()
  for (let blocks = reader.count(); blocks > 0; blocks -= 1) {
    const count = reader.count()
    const client = once(clients, reader.number())
    let clock = reader.number()
    for (let index = 0; index < count; index += 1) {
      const piece = readPiece(reader, client, clock)
      if (!('missing' in piece)) pieces.push(piece)
      clock = atMostMaxClock(clock + ('missing' in piece ? piece.missing : piece.length))
    }
  }
  return pieces
}

function readDeleted(reader: Reader): Range[] {
  const deleted: Range[] = []
  const clients = new Set<number>()
  for (let blocks = reader.count(); blocks > 0; blocks -= 1) {
    const client = once(clients, reader.number())
    let end = 0
    for (let ranges = reader.count(); ranges > 0; ranges -= 1) {
      const [clock, length] = [reader.number(), reader.length()]
      // Overlapping ranges would make Yjs process the same pieces over and over.
      if (clock < end) throw new Malformed()
      end = atMostMaxClock(clock + length)
      deleted.push({ client, clock, length })
    }
  }
  return deleted
}

function readPiece(reader: Reader, client: number, clock: number): Piece | Gap {
  const info = reader.byte()
  const kind = info & 0x1f
  if (kind === SKIP) return { missing: reader.length() }
  if (kind === GC) return { client, clock, length: reader.length(), characters: 0, left: null, right: null }
  const place = (flag: number): Place | null => {
    if ((info & flag) === 0) return null
    const found = { client: reader.number(), clock: reader.number() }
    // The client's own later characters can't have existed before it.
    if (found.client === client && found.clock >= clock) throw new Malformed()
    return found
  }
  const [left, right] = [place(HAS_LEFT), place(HAS_RIGHT)]
  if (left === null && right === null) {
    const isRoot = reader.number() === 1
    if (!isRoot || reader.text() !== TEXT || (info & HAS_KEY) !== 0) throw new Malformed()
  }
  if (kind === DELETED) return { client, clock, length: reader.length(), characters: 0, left, right }
  const text = kind === STRING ? reader.text() : ''
  if (text === '') throw new Malformed()
  return { client, clock, length: text.length, characters: text.length, left, right }
}

/** Yjs lists each client once. */
function once(clients: Set<number>, client: number): number {
  if (clients.has(client)) throw new Malformed()
  clients.add(client)
  return client
}

function atMostMaxClock(clock: number): number {
  if (clock > MAX_CLOCK) throw new Malformed()
  return clock
}

/** Reads bytes as lib0 writes them. Every method throws if they end too early. */
class Reader {
  readonly #bytes: Uint8Array
  #index = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#index === this.#bytes.length
  }

  byte(): number {
    const byte = this.#bytes[this.#index]
    if (byte === undefined) throw new Malformed()
    this.#index += 1
    return byte
  }

  /** Seven bits per byte, lowest first. */
  number(): number {
    let [value, factor] = [0, 1]
    for (;;) {
      const byte = this.byte()
      value += (byte & 0x7f) * factor
      if (value > Number.MAX_SAFE_INTEGER) throw new Malformed()
      if (byte < 0x80) return value
      factor *= 0x80
      if (factor > Number.MAX_SAFE_INTEGER) throw new Malformed()
    }
  }

  /** The number of things that follow, each of at least one byte. */
  count(): number {
    const count = this.number()
    if (count > this.#bytes.length - this.#index) throw new Malformed()
    return count
  }

  /** A number of characters, at least one. */
  length(): number {
    const length = this.number()
    if (length === 0) throw new Malformed()
    return length
  }

  text(): string {
    const end = this.count() + this.#index
    const text = utf8.decode(this.#bytes.subarray(this.#index, end))
    this.#index = end
    return text
  }
}
