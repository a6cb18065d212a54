import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { sendPlain } from '../http/plain-answer.ts'
import { BUSY_HEADER } from './busy.ts'
import { clientKey } from './client-address.ts'

/** Descriptors kept free for files, the database and bursts: connections must not use them all up. */
const RESERVED_DESCRIPTORS = 256
/** The share of this process's connections that one address may use. */
const SHARE_OF_ADDRESS = 0.75

export interface ConnectionLimits {
  /** The most connections that one address may have open; 0 disables the limit. */
  perAddress: number
  /** Number of trusted proxies in front: their connections carry many clients and aren't counted by address. */
  trustProxy: number
}

/**
 * Bounds the open connections: in total, so that a descriptor is always left for writing a file, and of one address. Further
 * connections are closed, those of an address with 429.
 */
export function limitConnections(server: Server, { perAddress, trustProxy }: ConnectionLimits): void {
  const total = maxConnections(descriptorLimit())
  if (total !== undefined) server.maxConnections = total
  if (perAddress === 0 || trustProxy > 0) return
  const limit = Math.min(perAddress, Math.floor((total ?? Infinity) * SHARE_OF_ADDRESS))
  const counts = new Map<string, number>()
  server.prependListener('connection', (socket) => {
    const address = clientKey(socket.remoteAddress ?? '')
    const count = (counts.get(address) ?? 0) + 1
    counts.set(address, count)
    socket.once('close', () => {
      const left = (counts.get(address) ?? 1) - 1
      if (left === 0) counts.delete(address)
      else counts.set(address, left)
    })
    if (count <= limit) return
    sendPlain(socket, 429, {
      detail: 'Too many connections from your address',
      headers: { 'Retry-After': '5', [BUSY_HEADER]: '1' },
    })
    // Its request must not be carried out.
    socket.destroySoon()
  })
}

/** @param descriptors that the process may have open, if known */
export function maxConnections(descriptors: number | undefined): number | undefined {
  if (descriptors === undefined) return undefined
  return Math.max(descriptors - RESERVED_DESCRIPTORS, Math.floor(descriptors / 2))
}

/** Linux reports it: https://man7.org/linux/man-pages/man5/proc_pid_limits.5.html; elsewhere only the system enforces it. */
function descriptorLimit(): number | undefined {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
    return soft === undefined ? undefined : Number(soft)
  } catch {
    return undefined
  }
}
