import { connect } from 'node:net'

export interface RawRequest {
  method: string
  path: string
  headers: [name: string, value: string][]
  body?: Buffer
  chunked?: boolean
}

export interface RawAnswer {
  status: number
  headers: [name: string, value: string][]
  body: Buffer
}

/** After so many milliseconds without a byte no response is expected any more, even on a busy machine. */
const SILENT_MS = 120_000

/**
 * Sends exactly these headers, with Host (unless given), Content-Length and `Connection: close`. Resolves when the connection is closed, which
 * a server with a blocked event loop does later than it responds.
 * @param onBytes called with each chunk that arrives
 * @throws when the response isn't HTTP, or nothing arrives for two minutes
 */
export async function sendRaw(
  origin: string,
  request: RawRequest,
  onBytes: () => void = () => undefined,
): Promise<RawAnswer> {
  const [answer] = await sendPipelined(origin, [request], onBytes)
  return answer!
}

/**
 * Like `sendRaw`, but writes several requests at once to one connection, which the last of them closes.
 * @returns the responses, in order
 */
export function sendPipelined(
  origin: string,
  requests: readonly RawRequest[],
  onBytes: () => void = () => undefined,
): Promise<RawAnswer[]> {
  const { hostname, port, host } = new URL(origin)
  const bytes = Buffer.concat(
    requests.map((request, index) => requestBytes(host, request, index === requests.length - 1)),
  )
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.setTimeout(SILENT_MS, () =>
      socket.destroy(
        new Error(`no answer to ${requests.map(({ method, path }) => `${method} ${path}`).join(', ')}`),
      ),
    )
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      onBytes()
    })
    socket.on('error', reject)
    socket.on('end', () => {
      try {
        resolve(readAnswers(Buffer.concat(chunks), requests))
      } catch (error) {
        reject(error)
      }
    })
  })
}

/**
 * Sends bytes as they are, one character each.
 * @returns the first status that is received
 * @throws Error when nothing arrives for two minutes
 */
export function statusOf(origin: string, bytes: string): Promise<number> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(Buffer.from(bytes, 'latin1')))
    socket.setTimeout(SILENT_MS, () => socket.destroy(new Error(`no answer to ${bytes.slice(0, 80)}`)))
    let received = ''
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1')
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(received)?.[1]
      if (status === undefined) return
      resolve(Number(status))
      socket.destroy()
    })
    // A server may refuse a body while it is still being sent.
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`closed without an answer to ${bytes.slice(0, 80)}`)))
  })
}

function requestBytes(
  host: string,
  { method, path, headers, body, chunked }: RawRequest,
  isLast: boolean,
): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`]
  if (!headers.some(([name]) => name.toLowerCase() === 'host')) lines.push(`Host: ${host}`)
  for (const [name, value] of headers) lines.push(`${name}: ${value}`)
  if (chunked) lines.push('Transfer-Encoding: chunked')
  else if (body) lines.push(`Content-Length: ${body.length}`)
  if (isLast) lines.push('Connection: close')
  const head = Buffer.from([...lines, '', ''].join('\r\n'), 'latin1')
  if (!body) return head
  if (!chunked) return Buffer.concat([head, body])
  const size = Buffer.from(`${body.length.toString(16)}\r\n`)
  return Buffer.concat([head, size, body, Buffer.from('\r\n0\r\n\r\n')])
}

function readAnswers(bytes: Buffer, requests: readonly RawRequest[]): RawAnswer[] {
  let rest = bytes
  return requests.map(({ method }, index) => {
    const { length, ...answer } = readAnswer(rest, method, index === requests.length - 1)
    rest = rest.subarray(length)
    return answer
  })
}

/** @param isLast if the body may extend to the end of the bytes */
function readAnswer(bytes: Buffer, method: string, isLast: boolean): RawAnswer & { length: number } {
  const end = bytes.indexOf('\r\n\r\n')
  const [statusLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1])
  if (end < 0 || Number.isNaN(status))
    throw new Error(`not an HTTP response: ${bytes.subarray(0, 80).toString()}`)
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  const value = (name: string) => headers.find(([each]) => each === name)?.[1]
  const bodyLength = isLast ? bytes.length : method === 'HEAD' ? 0 : Number(value('content-length') ?? 0)
  const rest = bytes.subarray(end + 4, end + 4 + bodyLength)
  const isChunked = value('transfer-encoding') === 'chunked'
  const body = method === 'HEAD' ? Buffer.alloc(0) : isChunked ? joinChunks(rest) : rest
  return { status, headers, body, length: end + 4 + bodyLength }
}

function joinChunks(bytes: Buffer): Buffer {
  const chunks: Buffer[] = []
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', at)
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16)
    if (lineEnd < 0 || Number.isNaN(size)) throw new Error('the chunked response is truncated')
    if (size === 0) return Buffer.concat(chunks)
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 2 + size + 2
  }
}
