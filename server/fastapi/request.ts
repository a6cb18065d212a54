import type { ParameterizedContext } from 'koa'
import type { Trace } from '../trace/trace.ts'

/**
 * What middleware leaves for dependencies and handlers, as `request.state` in Starlette. A project names its own entries:
 * `declare module '../fastapi/request.ts' { interface RequestState { … } }`
 * @public
 */
export interface RequestState {
  /** What happens inside this request, when it is followed. */
  trace?: Trace
  /** The body, once it has been read. */
  bytes?: Uint8Array
}

/**
 * The first header of this name, as Starlette reads headers. Node joins most of those that are sent twice.
 * @returns undefined when there is none
 */
export function firstHeader({ req: { rawHeaders } }: Request, name: string): string | undefined {
  const index = rawHeaders.findIndex((each, at) => at % 2 === 0 && each.toLowerCase() === name.toLowerCase())
  return index < 0 ? undefined : rawHeaders[index + 1]
}

/** Koa's context: `request.get('Authorization')`, `request.state`. */
export type Request = ParameterizedContext<RequestState>
