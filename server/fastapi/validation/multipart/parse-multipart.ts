/** A form that can't be read: FastAPI responds with 400 and the message. */
export class FormError extends Error {
  override name = 'FormError'
}

// The limits of python-multipart.
const MAX_HEADERS = 8
const MAX_HEADER_BYTES = 4096 + 128
const MAX_BOUNDARY_BYTES = 256

export type Header = [name: string, value: string]

/** Called while a body is read; an error thrown by one of them stops the reading. */
export interface Callbacks {
  onHeaders: (headers: Header[]) => void
  /** Called for each part that is ended by a boundary; a truncated one doesn't count. */
  onPart: (data: string) => void
}

/**
 * Reads the parts of a `multipart/form-data` body (RFC 7578), as leniently and with the same limits as python-multipart. A
 * body may end anywhere: the parts that are complete by then count.
 * @param body one character per byte
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

/** @returns the index of the first part; undefined when there is none */
function afterFirstBoundary(body: string, boundary: string): number | undefined {
  // After a line break, everything before the first hyphen is a preamble.
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

/** @returns undefined if the body ends before the empty line after the headers */
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
 * @returns the end of the data and the start of the next part, which is undefined after the last one; undefined if the body ends
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
    // Just a line that starts like a boundary: it is part of the data.
    from = after
  }
}

/** RFC 2046 allows spaces between a boundary and its line break. */
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
