import type { EventLoop } from '../fastapi/event-loop.ts'
import type { Request } from '../fastapi/request.ts'

/**
 * What a Python module makes once for its process. Here, each event loop is a process, so each has its own.
 * @returns finds the one that belongs to a request
 */
export function perProcess<T extends object>(make: () => T): (request: Request) => T {
  const made = new WeakMap<EventLoop, T>()
  return ({ state: { loop } }) => {
    if (loop === undefined) return make()
    const own = made.get(loop) ?? make()
    made.set(loop, own)
    return own
  }
}
