import { connect } from 'node:net'

/** Milliseconds after which a connection that is still open is closed: the server rightly waits for more. */
const MAX_IDLE_MS = 1_500

/**
 * Sends bytes as they are, and ends the sending side.
 * @returns everything received until the server closed, or until it seemed to wait for more
 */
export function sendBytes(port: number, bytes: Uint8Array): Promise<string> {
  return new Promise((done, fail) => {
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true })
    let answer = ''
    socket.setTimeout(MAX_IDLE_MS, () => socket.destroy())
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')))
    // A server that closes while bytes are in flight resets the connection: it has answered, or won't.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') fail(error)
    })
    socket.on('end', () => socket.end())
    socket.on('close', () => done(answer))
    socket.end(bytes)
  })
}

/** The statuses of the responses on one connection. */
export function statusesIn(answer: string): number[] {
  return [...answer.matchAll(/(?:^|\n)HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
}
