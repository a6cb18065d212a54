/** A form that can't be read: FastAPI answers 400 with the message. */
export class FormError extends Error {
  override name = 'FormError'
}

// The limits of python-multipart.
const MAX_HEADERS = 8
const MAX_HEADER_BYTES = 4096 + 128
const MAX_BOUNDARY_BYTES = 256

export type Header = [name: string, value: string]

/** What is called while a body is read; what a callback throws ends the reading. */
export interface Callbacks {
  onHeaders: (headers: Header[]) => void
  /** Called for a part that a boundary ends: one that is cut isn't a part. */
  onPart: (data: string) => void
}

/**
 * Reads the parts of a `multipart/form-data` body (RFC 7578), with the liberties and the limits of python-multipart. A body
 * may end anywhere: what was complete by then counts.
 * @param body one character a byte
 * @throws {FormError}
 */
export function parseMultipart(body: string, boundary: string, { onHeaders, onPart }: Callbacks): void {
  if (boundary.length > MAX_BOUNDARY_BYTES) throw invalid()
  const delimiter = `\r\n--${boundary}`
  let next = afterFirstBoundary(body, delimiter.slice(2))
  while (next !== undefined) {
    const head = readHeaders(body, next)
    if (head === undefined) return
    onHeaders(head.headers)
    const data = readData(body, head.end, delimiter)
    if (data === undefined) return
    onPart(body.slice(head.end, data.end))
    next = data.next
  }
}

/** @returns where the first part begins; undefined when there is none */
function afterFirstBoundary(body: string, boundary: string): number | undefined {
  // Behind a line break everything before the first hyphen is a preamble.
  const start = /^[\r\n]/.test(body) ? body.indexOf('-') : 0
  if (start < 0) return undefined
  const end = start + boundary.length
  const sent = body.slice(start, end)
  if (!boundary.startsWith(sent)) throw invalid()
  const ending = body.slice(end, end + 2)
  if (ending === '\r\n') return end + 2
  if (!'\r\n'.startsWith(ending) && !'--'.startsWith(ending)) throw invalid()
  return undefined
}

/** @returns undefined where the body ends before the empty line does */
function readHeaders(body: string, start: number): { headers: Header[]; end: number } | undefined {
  const headers: Header[] = []
  for (let at = start; at < body.length;) {
    if (body.startsWith('\r\n', at)) return { headers, end: at + 2 }
    if (body[at] === '\r') return cutOrInvalid(body, at + 1)
    if (headers.length === MAX_HEADERS) throw invalid()

    const colon = body.indexOf(':', at)
    const nameEnd = colon < 0 ? body.length : colon
    if (nameEnd - at > MAX_HEADER_BYTES || !/^[\w!#$%&'*+\-.^`|~]*$/.test(body.slice(at, nameEnd)))
      throw invalid()
    if (colon < 0) return undefined
    if (colon === at) throw invalid()

    let valueStart = colon + 1
    while (body[valueStart] === ' ') valueStart += 1
    const found = body.indexOf('\r', valueStart)
    const valueEnd = found < 0 ? body.length : found
    if (valueEnd - at > MAX_HEADER_BYTES) throw invalid()
    if (found < 0) return undefined
    if (body[found + 1] !== '\n') return cutOrInvalid(body, found + 1)
    headers.push([body.slice(at, colon).toLowerCase(), body.slice(valueStart, found)])
    at = found + 2
  }
  return undefined
}

function cutOrInvalid(body: string, at: number): undefined {
  if (at < body.length) throw invalid()
  return undefined
}

/**
 * @returns where the data ends, and where the next part begins unless this was the last one; undefined where the body ends
 * before the part does
 */
function readData(
  body: string,
  start: number,
  delimiter: string,
): { end: number; next: number | undefined } | undefined {
  for (let from = start; ;) {
    const end = body.indexOf(delimiter, from)
    if (end < 0) return undefined
    const after = end + delimiter.length
    const ending = body.slice(after, after + 2)
    if (ending === '\r\n') return { end, next: after + 2 }
    if (ending === '--') return { end, next: undefined }
    if (/^[ \t]/.test(ending)) return afterPadding(body, end, after)
    // Only a line that begins like a boundary: it belongs to the data.
    from = after
  }
}

/** RFC 2046 lets spaces stand between a boundary and its line break. */
function afterPadding(body: string, end: number, after: number): { end: number; next: number } | undefined {
  let at = after
  while (body[at] === ' ' || body[at] === '\t') at += 1
  const ending = body.slice(at, at + 2)
  if (ending === '\r\n') return { end, next: at + 2 }
  if (!'\r\n'.startsWith(ending)) throw invalid()
  return undefined
}

function invalid(): FormError {
  return new FormError('Invalid multipart data.')
}
