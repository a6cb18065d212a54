/** File systems limit a name to 255 bytes, to which callers add a prefix, an extension, or a browser's ` (1)`. */
const MAX_BYTES = 150

/** Windows refuses these names, whatever their extension. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/

/**
 * Makes a part of a file name out of a person's name or a title: letters and digits of every script stay, anything else becomes a hyphen.
 * @param fallback used when nothing of the text can stay, and before a name that Windows reserves
 */
export function fileName(text: string, fallback: string): string {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    // A mark without a letter before it has nothing to stand on.
    .match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu)
  const name = withinBytes((words ?? []).join('-'))
  if (name === '') return fallback
  return RESERVED.test(name) ? `${fallback}-${name}` : name
}

/** The beginning of a name, cut between the characters that people see. */
function withinBytes(name: string): string {
  const encoder = new TextEncoder()
  let bytes = 0
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(name)) {
    bytes += encoder.encode(segment).length
    if (bytes > MAX_BYTES) break
    kept += segment
  }
  return kept.replace(/-+$/, '')
}
