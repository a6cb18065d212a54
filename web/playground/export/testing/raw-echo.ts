import { createServer, type AddressInfo, type Socket } from 'node:net'

/** A request as it was received: bytes, one character each. */
export interface RawRequest {
  method: string
  target: string
  headers: [name: string, value: string][]
  body: string
}

export interface RawEcho {
  origin: string
  /** What has been received since the last call. */
  taken: () => RawRequest[]
  stop: () => Promise<void>
}

/** A server on this machine that keeps the bytes of each request, answers 200 and closes the connection. */
export async function startRawEcho(): Promise<RawEcho> {
  const received: RawRequest[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    let bytes = ''
    let answered = false
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      bytes += chunk.toString('latin1')
      const request = answered ? null : complete(bytes)
      if (request === null) return
      answered = true
      received.push(request)
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => received.splice(0),
    stop: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => done())
      }),
  }
}

function complete(bytes: string): RawRequest | null {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return null
  const [line = '', ...lines] = bytes.slice(0, end).split('\r\n')
  const headers = lines.map((text): [string, string] => {
    const colon = text.indexOf(':')
    return [text.slice(0, colon), text.slice(colon + 1).replaceAll(/^[\t ]+|[\t ]+$/g, '')]
  })
  const length = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? '0'
  const body = bytes.slice(end + 4)
  if (body.length < Number(length)) return null
  const [, method = '', target = ''] = /^(\S*) (.*) HTTP\/1\.[01]$/.exec(line) ?? []
  return { method, target, headers, body }
}
