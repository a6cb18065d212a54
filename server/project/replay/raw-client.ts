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

/**
 * Sends exactly these headers, with Host (unless given), Content-Length and `Connection: close`.
 * Rejects when the answer is no HTTP or doesn't come within ten seconds.
 */
export function sendRaw(origin: string, request: RawRequest): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(origin)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(Number(port), hostname, () => socket.write(requestBytes(host, request)))
    socket.setTimeout(10_000, () =>
      socket.destroy(new Error(`no answer to ${request.method} ${request.path}`)),
    )
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('end', () => {
      try {
        resolve(readAnswer(Buffer.concat(chunks), request.method))
      } catch (error) {
        reject(error)
      }
    })
  })
}

function requestBytes(host: string, { method, path, headers, body, chunked }: RawRequest): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`]
  if (!headers.some(([name]) => name.toLowerCase() === 'host')) lines.push(`Host: ${host}`)
  for (const [name, value] of headers) lines.push(`${name}: ${value}`)
  if (chunked) lines.push('Transfer-Encoding: chunked')
  else if (body) lines.push(`Content-Length: ${body.length}`)
  const head = Buffer.from([...lines, 'Connection: close', '', ''].join('\r\n'), 'latin1')
  if (!body) return head
  if (!chunked) return Buffer.concat([head, body])
  const size = Buffer.from(`${body.length.toString(16)}\r\n`)
  return Buffer.concat([head, size, body, Buffer.from('\r\n0\r\n\r\n')])
}

function readAnswer(bytes: Buffer, method: string): RawAnswer {
  const end = bytes.indexOf('\r\n\r\n')
  const [statusLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1])
  if (end < 0 || Number.isNaN(status))
    throw new Error(`not an HTTP answer: ${bytes.subarray(0, 80).toString()}`)
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  const rest = bytes.subarray(end + 4)
  const isChunked = headers.some(([name, value]) => name === 'transfer-encoding' && value === 'chunked')
  const body = method === 'HEAD' ? Buffer.alloc(0) : isChunked ? joinChunks(rest) : rest
  return { status, headers, body }
}

function joinChunks(bytes: Buffer): Buffer {
  const chunks: Buffer[] = []
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', at)
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16)
    if (lineEnd < 0 || Number.isNaN(size)) throw new Error('the chunked answer was cut short')
    if (size === 0) return Buffer.concat(chunks)
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 2 + size + 2
  }
}
