import type { Next } from 'koa'
import { inStep, type OpenStep } from '../trace/trace.ts'
import type { Request } from './request.ts'

/** Code around every request: before it reaches a router, and after it was answered. */
export type Middleware = (request: Request, callNext: Next) => Promise<void>

/** As Starlette's `dispatch`; it may refuse its step of the trace. */
export type Dispatch = (request: Request, callNext: Next, step: OpenStep) => Promise<void>

/**
 * Gives a middleware a step in the trace that wraps everything within it and tells its own time before and after.
 * @param says what it does, in one sentence
 */
export function middleware(region: string, title: string, says: string, dispatch: Dispatch): Middleware {
  return (request, next) =>
    inStep(
      request.state.trace,
      { name: region, kind: 'middleware', title, detail: { kind: 'middleware', before: 0, after: 0, says } },
      async (step) => {
        const began = performance.now()
        let called: number | undefined
        let answered = began
        try {
          await dispatch(
            request,
            async () => {
              called = performance.now()
              try {
                await next()
              } finally {
                answered = performance.now()
              }
            },
            step,
          )
        } finally {
          // One that answers by itself never calls the next: then all of its time was before.
          const ended = performance.now()
          const before = rounded((called ?? ended) - began)
          const after = called === undefined ? 0 : rounded(ended - answered)
          step.detail = { kind: 'middleware', before, after, says }
        }
      },
    )
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}
