import type { Middleware } from 'koa'
import { EventLoop } from '../fastapi/event-loop.ts'
import type { Request } from '../fastapi/request.ts'
import { clientOf } from '../limits/client-address.ts'
import { isOwn } from '../limits/own-requests.ts'
import { PoolBusy } from '../pools/fair-queue.ts'
import { DEFAULT_SANDBOX } from '../storage/storage.ts'

/** Requests of one sandbox that may run and wait at once. */
const MAX_REQUESTS = 1_000
/** The same for one address, in all of its sandboxes. */
const MAX_REQUESTS_OF_ADDRESS = 4_000

/**
 * Gives each sandbox an event loop and a thread pool of its own, as if it were a Python process: what one blocks, others
 * never notice. People without a sandbox share the default one's data, but not its loop: each address has one.
 */
export function onEventLoops(): Middleware {
  const loops = new Map<string, EventLoop>()
  const requestsOf = new Map<string, number>()

  return async (ctx, next) => {
    const request = ctx as Request
    const { id } = request.state.sandbox
    const address = isOwn(ctx) ? undefined : clientOf(ctx)
    enter(address)
    const key = id === DEFAULT_SANDBOX ? `${id} ${clientOf(ctx)}` : id
    const loop = loops.get(key) ?? new EventLoop()
    loops.set(key, loop)
    request.state.loop = loop
    try {
      if (loop.requests >= MAX_REQUESTS)
        throw new PoolBusy('Too many requests of this sandbox are waiting', 1)
      await loop.serve(request, next)
    } finally {
      leave(address)
      if (loop.requests === 0) loops.delete(key)
    }
  }

  function enter(address: string | undefined): void {
    if (address === undefined) return
    const requests = requestsOf.get(address) ?? 0
    if (requests >= MAX_REQUESTS_OF_ADDRESS)
      throw new PoolBusy('Too many requests of your address are waiting', 1)
    requestsOf.set(address, requests + 1)
  }

  function leave(address: string | undefined): void {
    if (address === undefined) return
    const requests = (requestsOf.get(address) ?? 0) - 1
    if (requests > 0) requestsOf.set(address, requests)
    else requestsOf.delete(address)
  }
}
