import { sourceOf, type JsonText } from '#contract/json-text.ts'

/** A closed list or object of up to this length is shown in full. */
const MAX_INLINE_CHARACTERS = 56

/** Names and values of a list or an object, in their order and as they are written; null for anything else. */
export function entriesOf(value: JsonText): [name: string, value: JsonText][] | null {
  if (value.kind === 'list') return value.items.map((item, at) => [String(at), item])
  if (value.kind === 'object') return value.entries.map(({ key, value }) => [key.slice(1, -1), value])
  return null
}

/** The text of a closed list or object: all of it if it is short, else its size, such as `{ 3 keys }`. */
export function closedText(value: JsonText): string {
  const written = sourceOf(value, MAX_INLINE_CHARACTERS + 1)
  if (written.length <= MAX_INLINE_CHARACTERS) return written
  const count = entriesOf(value)?.length ?? 0
  const noun = value.kind === 'list' ? 'item' : 'key'
  const text = `${count} ${noun}${count === 1 ? '' : 's'}`
  return value.kind === 'list' ? `[ ${text} ]` : `{ ${text} }`
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
