import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerClientErrors } from './http/client-error.ts'
import { countSlowReader, watchConnections } from './http/connection-numbers.ts'
import { OpenAnswers } from './http/open-answers.ts'
import { closeSlowReaders } from './http/slow-readers.ts'
import { limitConnections, type ConnectionLimits } from './limits/limit-connections.ts'
import { StartFault } from './config/start-fault.ts'

/** Connections are looked at once a second: closed within ten. */
const TIMEOUT = 9_000
const DRAIN = 5_000
const MINUTE = 60_000

export interface HttpServerOptions extends ConnectionLimits {
  /** Receives the faults of accepting connections, at most one a minute. */
  report?: (error: Error) => void
}

/**
 * A server that bounds what a client may hold: Node's own limits for slow senders are a minute and five, and it has none for
 * slow readers.
 */
export function createHttpServer(
  listener: RequestListener,
  { report = () => undefined, ...limits }: HttpServerOptions = { perAddress: 0, trustProxy: 0 },
): Server {
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: TIMEOUT,
      requestTimeout: TIMEOUT,
      connectionsCheckingInterval: 1_000,
      // Node would answer without a body; the app answers in FastAPI's shape.
      requireHostHeader: false,
    },
    listener,
  )
  limitConnections(server, limits)
  answerClientErrors(server, new OpenAnswers(server))
  closeSlowReaders(server, countSlowReader)
  watchConnections(server)
  reportAcceptFaults(server, report)
  return server
}

/** Without a listener, a descriptor that was missing for one connection would end the process. */
function reportAcceptFaults(server: Server, report: (error: Error) => void): void {
  let reportedAt = -Infinity
  server.on('error', (error) => {
    if (!server.listening || performance.now() - reportedAt < MINUTE) return
    reportedAt = performance.now()
    report(error)
  })
}

/**
 * Listens, and answers the address to open.
 * @throws {StartFault} when the port is taken or not allowed
 */
export async function listen(server: Server, port: number, host: string): Promise<string> {
  await new Promise<void>((done, fail) => {
    const refuse = (error: NodeJS.ErrnoException) => fail(listenFault(error, port, host))
    server.once('error', refuse)
    server.listen(port, host, () => {
      server.off('error', refuse)
      done()
    })
  })
  const { port: chosen } = server.address() as AddressInfo
  const shown = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host
  return `http://${shown}:${chosen}`
}

/** Answers what has come, takes nothing new, and cuts what is still open after five seconds. */
export async function drain(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN)
  await readWhatHasCome()
  const closed = new Promise<void>((done) => server.close(() => done()))
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  await closed
  clearInterval(idle)
  clearTimeout(cut)
}

/**
 * Closing resets connections that wait to be accepted, and those whose request came but wasn't read yet. Several turns of the
 * event loop, rather than some time: a busy process may take long for one.
 */
async function readWhatHasCome(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await sleep(10)
}

function listenFault(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartFault(
      `Port ${port} is in use: stop what listens there, or choose another, such as PORT=${port + 1}.`,
    )
  }
  if (error.code === 'EACCES') {
    return new StartFault(
      `Port ${port} is not allowed for this user: choose one above 1023, such as PORT=8000.`,
    )
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new StartFault(`HOST ${host} is no address of this machine: set it to 127.0.0.1 or 0.0.0.0.`)
  }
  return error
}
