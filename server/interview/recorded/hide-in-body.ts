import { HIDDEN } from '#contract/trace.ts'
import { decodeText } from '../../fastapi/json/decode-text.ts'
import { readMultipart } from '../../fastapi/validation/multipart/read-multipart.ts'
import { hideInJson } from './hide-in-json.ts'
import { hideInPairs } from './hide-in-pairs.ts'
import { REQUEST_NAMES } from './known-names.ts'
import { recordedName, type Secrets } from './secrets.ts'

/**
 * A body as it is recorded: read by its content type, or by what it looks like if the project wouldn't read it at all.
 * @returns null when there is none
 */
export function hideInBody(bytes: Uint8Array, contentType: string, secrets: Secrets): string | null {
  if (bytes.length === 0) return null
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (mediaType === 'multipart/form-data') return hideInParts(bytes, contentType, secrets)
  const options = { names: REQUEST_NAMES, secrets, plain: false }
  if (mediaType === 'application/x-www-form-urlencoded') {
    return hideInPairs(Buffer.from(bytes).toString('latin1'), options)
  }
  const text = textOf(bytes)
  if (text === null) return `(${bytes.length} bytes that can’t be read as text)`
  const looksLikeForm = !/json/.test(mediaType) && /^[\w%.+-]+=/.test(text)
  return looksLikeForm ? hideInPairs(text, options) : hideInJson(text, options)
}

/** The parts as the project reads them, one `name=value` per line. */
function hideInParts(bytes: Uint8Array, contentType: string, secrets: Secrets): string {
  try {
    return readMultipart(contentType, Buffer.from(bytes))
      .map(([name, value]) => {
        const line = `${recordedName(name)}=`
        if (typeof value !== 'string') return `${line}(a file)`
        if (REQUEST_NAMES.has(name) && !secrets.in(value)) return line + value
        secrets.add(value)
        return line + (value === '' ? '' : HIDDEN)
      })
      .join('\n')
  } catch {
    return `(${bytes.length} bytes of multipart that can’t be read)`
  }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return decodeText(bytes)
  } catch {
    return null
  }
}
