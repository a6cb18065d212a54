import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/**
 * Stands before several instances as a load balancer does: each request goes to the next one, and where that one isn't there, to the
 * one after it. A stream that breaks off behind it breaks off before it.
 * @param next the address whose turn it is
 */
export async function roundRobin(next: () => string): Promise<{ origin: string; close: () => void }> {
  const server = createServer((asked, answer) => void pass(asked, answer, next, 4))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://localhost:${port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function pass(
  asked: IncomingMessage,
  answer: ServerResponse,
  next: () => string,
  tries: number,
): Promise<void> {
  const body = await buffer(asked)
  const attempt = (left: number): void => {
    const { method, headers, url = '' } = asked
    const onward = request(next() + url, { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers)
      answered.pipe(answer)
      answered.on('error', () => answer.destroy())
    })
    onward.on('error', () => {
      if (answer.headersSent) answer.destroy()
      else if (left > 1) attempt(left - 1)
      else answer.writeHead(502).end()
    })
    answer.on('close', () => onward.destroy())
    onward.end(body)
  }
  attempt(tries)
}
