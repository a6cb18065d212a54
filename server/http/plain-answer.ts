import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** An answer in FastAPI's shape for a connection that no middleware handles. It closes the connection. */
export interface PlainAnswer {
  head: Record<string, string>
  body: string
}

/** A refusal in FastAPI's shape for requests that never reach the app. @param detail the status' standard phrase by default */
export function plainAnswer(status: number, detail = STATUS_CODES[status]): PlainAnswer {
  const body = JSON.stringify({ detail })
  const head = {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    'X-Content-Type-Options': 'nosniff',
    'X-Request-Id': randomUUID(),
    Connection: 'close',
  }
  return { head, body }
}

/**
 * Writes the answer to the bare connection and closes it.
 * @param options.error destroys the connection, so a request whose body is still being read fails with it
 */
export function sendPlain(
  connection: Duplex,
  status: number,
  { detail, headers = {}, error }: { detail?: string; headers?: Record<string, string>; error?: Error } = {},
): void {
  const { head, body } = plainAnswer(status, detail)
  const lines = Object.entries({ ...head, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  // A client that has already left is not a fault.
  connection.on('error', () => connection.destroy())
  connection.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`, () =>
    connection.destroy(error),
  )
}
