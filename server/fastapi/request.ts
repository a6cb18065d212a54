import type { ParameterizedContext } from 'koa'
import type { Trace } from '../trace/trace.ts'
import type { EventLoop } from './event-loop.ts'

/**
 * What middleware leaves for dependencies and handlers, as `request.state` in Starlette. A project names its own entries:
 * `declare module '../fastapi/request.ts' { interface RequestState { … } }`
 */
export interface RequestState {
  /** What happens inside this request, when it is followed. */
  trace?: Trace
  /** The body, once it has been read. */
  bytes?: Uint8Array
  /** What runs this request; without one, nothing waits. */
  loop?: EventLoop
  /** The round of the loop that last held this request up. */
  resumedAfter?: number
}

/** Koa's context: `request.get('Authorization')`, `request.state`. */
export type Request = ParameterizedContext<RequestState>
