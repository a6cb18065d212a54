import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The response to every request from now on. */
export interface FixedAnswer {
  status: number
  type: string
  body: string
}

/** The least that a server on Node can do: reads the whole request and sends fixed bytes. */
let answer = { status: 200, headers: {}, body: Buffer.alloc(0) }

const server = createServer((request, response) => {
  request.resume().once('end', () => response.writeHead(answer.status, answer.headers).end(answer.body))
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))

process.on('message', ({ status, type, body: text }: FixedAnswer) => {
  const body = Buffer.from(text)
  answer = { status, headers: { 'Content-Type': type, 'Content-Length': body.length }, body }
  process.send?.('ready')
})
process.on('disconnect', () => process.exit(0))
