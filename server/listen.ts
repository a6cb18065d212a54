import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerClientErrors } from './http/client-error.ts'
import { countSlowReader, watchConnections } from './http/connection-numbers.ts'
import { answerInOrder } from './http/in-order.ts'
import { OpenAnswers } from './http/open-answers.ts'
import { closeSlowReaders } from './http/slow-readers.ts'
import { limitConnections, type ConnectionLimits } from './limits/limit-connections.ts'
import { StartFault } from './config/start-fault.ts'

/** Node checks connections once a second, so a slow one is closed within ten. */
const REQUEST_TIMEOUT_MS = 9_000
const DRAIN_TIMEOUT_MS = 5_000
const REPORT_INTERVAL_MS = 60_000

export interface HttpServerOptions extends ConnectionLimits {
  /** Receives errors of accepting connections, at most one a minute. */
  report?: (error: Error) => void
}

/**
 * A server that bounds what one client may tie up. Node's own timeouts for slow senders are one and five minutes, and it has
 * none for slow readers.
 */
export function createHttpServer(
  listener: RequestListener,
  { report = () => undefined, ...limits }: HttpServerOptions = { perAddress: 0, trustProxy: 0 },
): Server {
  const server = createServer({
    maxHeaderSize: 16 * 1024,
    headersTimeout: REQUEST_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: 1_000,
    // Node would answer without a body; the app answers in FastAPI's shape.
    requireHostHeader: false,
  })
  limitConnections(server, limits)
  const answers = new OpenAnswers(server)
  answerClientErrors(server, answers)
  answerInOrder(server, answers, listener)
  closeSlowReaders(server, countSlowReader)
  watchConnections(server)
  reportAcceptFaults(server, report)
  return server
}

/** Without a listener, running out of descriptors would end the process. */
function reportAcceptFaults(server: Server, report: (error: Error) => void): void {
  let lastReport = -Infinity
  server.on('error', (error) => {
    if (!server.listening || performance.now() - lastReport < REPORT_INTERVAL_MS) return
    lastReport = performance.now()
    report(error)
  })
}

/**
 * Starts listening.
 * @returns the address to open
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

/** Answers requests that have arrived, accepts no new ones, and cuts what is still open after five seconds. */
export async function drain(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT_MS)
  await readPendingRequests()
  const closed = new Promise<void>((done) => server.close(() => done()))
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  await closed
  clearInterval(idle)
  clearTimeout(cut)
}

/**
 * Closing resets connections that are not yet accepted and those whose request has arrived but is unread. Waits for several
 * turns of the event loop rather than for a fixed time, because a busy process may take long for one.
 */
async function readPendingRequests(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await sleep(10)
}

function listenFault(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartFault(
      `Port ${port} is in use. Stop the program that uses it, or choose another port, such as PORT=${port + 1}.`,
    )
  }
  if (error.code === 'EACCES') {
    return new StartFault(
      `This user may not listen on port ${port}. Choose a port above 1023, such as PORT=8000.`,
    )
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new StartFault(`HOST ${host} is not an address of this machine. Set it to 127.0.0.1 or 0.0.0.0.`)
  }
  return error
}
