import type { Reading } from './reading.ts'

/**
 * `-d` and its relatives: curl joins them with “&”, but puts `--json` right after what was there.
 * @throws SyntaxError for `@file`
 */
export const DATA_OPTIONS = new Map<string, (reading: Reading, value: string) => void>([
  ['data', (reading, value) => append(reading, notAFile(value))],
  ['data-ascii', (reading, value) => append(reading, notAFile(value))],
  ['data-binary', (reading, value) => append(reading, notAFile(value))],
  ['data-raw', append],
  ['data-urlencode', (reading, value) => append(reading, urlEncoded(value))],
  [
    'json',
    (reading, value) => {
      reading.json = true
      reading.data = (reading.data ?? '') + notAFile(value)
    },
  ],
  [
    'url-query',
    (reading, value) => {
      const part = value.startsWith('+') ? value.slice(1) : urlEncoded(value)
      reading.urlQuery = reading.urlQuery === null ? part : `${reading.urlQuery}&${part}`
    },
  ],
])

function append(reading: Reading, part: string): void {
  reading.data = reading.data === null ? part : `${reading.data}&${part}`
}

/** @throws SyntaxError for a value that curl reads as the name of a file */
function notAFile(value: string): string {
  if (value.startsWith('@'))
    throw new SyntaxError(`${value} is a file, which a page can't read. Paste its contents instead.`)
  return value
}

/** The forms `content`, `=content` and `name=content`; `@file` and `name@file` are refused. A name is left as it is. */
function urlEncoded(value: string): string {
  const [, name, sign = ''] = /^([^=@]*)([=@]?)/.exec(value) ?? []
  if (sign === '@') notAFile(value.slice(name?.length ?? 0))
  if (sign === '') return percentEncoded(value)
  return (name ? `${name}=` : '') + percentEncoded(value.slice((name?.length ?? 0) + 1))
}

function percentEncoded(text: string): string {
  return encodeURIComponent(text)
    .replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}
