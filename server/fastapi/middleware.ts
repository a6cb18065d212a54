import type { Next } from 'koa'
import { inStep, type OpenStep, type StepAbout } from '../trace/trace.ts'
import type { Request } from './request.ts'

/** Code around every request: before it reaches a router, and after it was answered. */
export type Middleware = (request: Request, callNext: Next) => Promise<void>

/** As Starlette's `dispatch`; it may refuse its step of the trace. */
export type Dispatch = (request: Request, callNext: Next, step: OpenStep) => Promise<void>

/**
 * Gives a middleware a step in the trace that wraps everything inside it. The report of the trace computes how long the
 * middleware itself took before and after.
 * @param summary what it does, in one sentence
 */
export function middleware(region: string, title: string, summary: string, dispatch: Dispatch): Middleware {
  const detail = { kind: 'middleware', before: 0, after: 0, summary } as const
  const about: StepAbout = { name: region, kind: 'middleware', title, detail }
  return (request, callNext) =>
    inStep(request.state.trace, about, (step) => dispatch(request, callNext, step))
}
