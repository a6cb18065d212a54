import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { sendPlain } from '../http/plain-answer.ts'
import { BUSY_HEADER } from './busy.ts'
import { clientKey } from './client-address.ts'

/** Descriptors kept free for files, the database and bursts: connections alone must not use up all. */
const RESERVED_DESCRIPTORS = 256
/** What one address may have of the connections that this process can hold. */
const SHARE_OF_ADDRESS = 0.75

export interface ConnectionLimits {
  /** The most connections that one address may have open; 0 disables the limit. */
  perAddress: number
  /** Proxies in front: their connections are those of many, and aren't counted by address. */
  trustProxy: number
}

/**
 * Bounds how many connections are open at once: all of them by what the process may open, so that there is always a
 * descriptor left to write a file with, and those of one address. What goes beyond is closed, for an address with 429.
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
    // Whatever it asks for must not be done.
    socket.destroySoon()
  })
}

/** @param descriptors that the process may have open, where that is known */
export function maxConnections(descriptors: number | undefined): number | undefined {
  if (descriptors === undefined) return undefined
  return Math.max(descriptors - RESERVED_DESCRIPTORS, Math.floor(descriptors / 2))
}

/** Linux tells it: https://man7.org/linux/man-pages/man5/proc_pid_limits.5.html; elsewhere the system alone sets the limit. */
function descriptorLimit(): number | undefined {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
    return soft === undefined ? undefined : Number(soft)
  } catch {
    return undefined
  }
}
