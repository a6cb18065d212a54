import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What it answers from now on, whoever asks for whatever. */
export interface FixedAnswer {
  status: number
  type: string
  body: string
}

/** The least that a server on Node can do: reads the request to its end and sends bytes that it was given. */
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
