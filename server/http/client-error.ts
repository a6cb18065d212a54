import { randomUUID } from 'node:crypto'
import { STATUS_CODES, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

const STATUS: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/**
 * Gives FastAPI's shape to what Node answers before any middleware sees a request: a head that can't be read (400), one that
 * is too large (431), a client that is too slow (408), an expectation that nobody knows (417), a tunnel (405).
 */
export function answerClientErrors(server: Server): void {
  const open = new WeakMap<Duplex, ServerResponse>()
  server.on('request', (request, response) => {
    open.set(request.socket, response)
    response.once('close', () => {
      if (open.get(request.socket) === response) open.delete(request.socket)
    })
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const begun = open.get(socket)?.headersSent === true
    if (error.code === 'ECONNRESET' || !socket.writable || begun) socket.destroy()
    else refuse(socket, STATUS[error.code ?? ''] ?? 400, error)
  })
  server.on('checkExpectation', (_request, response) => {
    const { head, body } = answerOf(417)
    response.writeHead(417, head).end(body)
  })
  server.on('connect', (_request, socket) => refuse(socket, 405))
}

function refuse(socket: Duplex, status: number, error?: Error): void {
  const { head, body } = answerOf(status)
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`)
  // A client that goes away now has nothing to be told.
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`, () =>
    socket.destroy(error),
  )
}

function answerOf(status: number): { head: Record<string, string>; body: string } {
  const body = JSON.stringify({ detail: STATUS_CODES[status] })
  const head = {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    'X-Content-Type-Options': 'nosniff',
    'X-Request-Id': randomUUID(),
    Connection: 'close',
  }
  return { head, body }
}
