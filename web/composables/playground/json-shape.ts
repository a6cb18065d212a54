/** Names and values of a list or an object, in their order; null for anything else. */
export function entriesOf(value: unknown): [name: string, value: unknown][] | null {
  if (value === null || typeof value !== 'object') return null
  return Object.entries(value)
}

/** Characters of a list or object that is shown whole while it is closed. */
const SHORT = 56

/** What a closed list or object holds: all of it where that is short, else its size, such as `{ 3 keys }`. */
export function closedText(value: unknown): string {
  const written = JSON.stringify(value)
  if (written.length <= SHORT) return written
  const count = entriesOf(value)?.length ?? 0
  const noun = Array.isArray(value) ? 'item' : 'key'
  const text = `${count} ${noun}${count === 1 ? '' : 's'}`
  return Array.isArray(value) ? `[ ${text} ]` : `{ ${text} }`
}

/** JSON's own name for a value's type. */
export function jsonType(value: unknown): 'string' | 'number' | 'literal' | 'list' | 'object' {
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'number') return 'number'
  return value !== null && typeof value === 'object' ? 'object' : 'literal'
}

/** `6 bytes`, `1.4 kB`. */
export function bytesText(bytes: number): string {
  if (bytes === 1) return '1 byte'
  return bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1000).toFixed(1)} kB`
}

/** Milliseconds to three digits: `0.42 ms`, `73.1 ms`, `1.2 s`. */
export function msText(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`
  return `${ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : Math.round(ms)} ms`
}
