import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { OpenAnswers } from './open-answers.ts'
import { plainAnswer, sendPlain } from './plain-answer.ts'
import { answerUnknownMethod, type RefusedPacket } from './unknown-method.ts'

const STATUS: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/** How long a refusal waits for the answers queued before it. */
const MAX_WAIT_MS = 30_000

type ClientError = NodeJS.ErrnoException & RefusedPacket

/**
 * Gives FastAPI's shape to what Node answers before any middleware runs: a head that can't be parsed (400) or is too large
 * (431), a client that is too slow (408), an unknown expectation (417), a tunnel (405). A refusal waits its turn behind the
 * answers to earlier requests on its connection.
 */
export function answerClientErrors(server: Server, answers: OpenAnswers): void {
  const refused = new WeakSet<Socket>()
  server.on('clientError', (error: ClientError, connection) => {
    const socket = connection as Socket
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    // The parser reports the error again with every further packet.
    if (refused.has(socket)) return
    refused.add(socket)
    afterEarlierAnswers(socket, answers, () => refuse(server, socket, error))
  })
  server.on('checkExpectation', (_request, response) => {
    const { head, body } = plainAnswer(417)
    response.writeHead(417, head).end(body)
  })
  server.on('connect', (_request, socket) => sendPlain(socket, 405))
}

function refuse(server: Server, socket: Socket, error: ClientError): void {
  if (!socket.writable) return
  const status = STATUS[error.code ?? ''] ?? 400
  if (status !== 400 || !answerUnknownMethod(server, socket, error)) sendPlain(socket, status, { error })
}

/** Runs `then` unless the answer to the faulty request itself has started: it is too late for another one then. */
function afterEarlierAnswers(socket: Socket, answers: OpenAnswers, then: () => void): void {
  const open = [...answers.of(socket)]
  const newest = open.at(-1)
  // It is the body of this request that can't be parsed.
  const faulty = newest?.req.complete === false ? newest : undefined
  const before = open.at(faulty === undefined ? -1 : -2)
  const turn = () => (faulty?.headersSent === true ? socket.destroy() : then())
  if (before === undefined) return void turn()
  const giveUp = setTimeout(() => socket.destroy(), MAX_WAIT_MS).unref()
  socket.once('close', () => clearTimeout(giveUp))
  before.once('close', () => {
    clearTimeout(giveUp)
    turn()
  })
}
