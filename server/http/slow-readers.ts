import type { Server } from 'node:http'
import type { Socket } from 'node:net'

const CHECK_INTERVAL_MS = 1_000
/** Consecutive checks without progress, so about half a minute. */
const MAX_STALLED_CHECKS = 30
/** A phone on the slowest mobile network reads faster than this. */
const MIN_BYTES_PER_CHECK = 1024

/** libuv's counters of a connection; Node's own socket timeouts read the same ones. */
interface Handle {
  /** Bytes handed over for writing. */
  bytesWritten: number
  /** Of those, bytes that the system hasn't accepted yet. */
  writeQueueSize: number
}

interface Waiting {
  moved: number
  stalledChecks: number
  /** The window over which the rate is measured: its length so far, and the bytes moved before it. */
  windowChecks: number
  windowStart: number
}

/**
 * Closes connections whose client doesn't read its answer: no byte moved for 30 s, or less than 1 KB a second over 30 s.
 * Time is counted in checks, so that a process that was suspended doesn't blame its clients.
 * @param onClosed called for each of them
 */
export function closeSlowReaders(server: Server, onClosed: () => void): void {
  const connections = new Map<Socket, Waiting | undefined>()
  server.on('connection', (socket) => {
    connections.set(socket, undefined)
    socket.once('close', () => connections.delete(socket))
  })
  const timer = setInterval(() => {
    for (const [socket, before] of connections) {
      const now = progressOf(socket, before)
      connections.set(socket, now)
      if (now === undefined || !isTooSlow(now)) continue
      onClosed()
      // A reset also frees the system's send buffer of this client.
      socket.resetAndDestroy()
    }
  }, CHECK_INTERVAL_MS)
  timer.unref()
  server.once('close', () => clearInterval(timer))
}

/** @returns undefined when nothing is waiting to be sent to this client */
function progressOf(socket: Socket, before: Waiting | undefined): Waiting | undefined {
  const handle = (socket as Socket & { _handle?: Partial<Handle> | null })._handle
  const { bytesWritten = 0, writeQueueSize = 0 } = handle ?? {}
  // The system may have taken every byte of an answer and the write still not be done: `response.end()` writes an empty buffer
  // behind the body, and libuv waits for room before it "sends" that one, too. Only `writableLength` shows it.
  if (writeQueueSize === 0 && socket.writableLength === 0) return undefined
  const moved = bytesWritten - writeQueueSize
  if (before === undefined) return { moved, stalledChecks: 0, windowChecks: 0, windowStart: moved }
  const isNewWindow = before.windowChecks >= MAX_STALLED_CHECKS
  return {
    moved,
    stalledChecks: moved === before.moved ? before.stalledChecks + 1 : 0,
    windowChecks: isNewWindow ? 1 : before.windowChecks + 1,
    windowStart: isNewWindow ? before.moved : before.windowStart,
  }
}

function isTooSlow({ moved, stalledChecks, windowChecks, windowStart }: Waiting): boolean {
  if (stalledChecks >= MAX_STALLED_CHECKS) return true
  return windowChecks >= MAX_STALLED_CHECKS && moved - windowStart < windowChecks * MIN_BYTES_PER_CHECK
}
