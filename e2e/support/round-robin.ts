import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/**
 * A load balancer for several instances: each request goes to the next one or, if that one is down, to the one after it. When
 * an instance cuts a stream, the client's stream is cut, too.
 * @param next returns the next address
 */
export async function roundRobin(next: () => string): Promise<{ origin: string; close: () => void }> {
  const server = createServer((incoming, answer) => void pass(incoming, answer, next, 4))
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
  incoming: IncomingMessage,
  answer: ServerResponse,
  next: () => string,
  tries: number,
): Promise<void> {
  const body = await buffer(incoming)
  const attempt = (left: number): void => {
    const { method, headers, url = '' } = incoming
    const onward = request(next() + url, { method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(answer)
      response.on('error', () => answer.destroy())
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
