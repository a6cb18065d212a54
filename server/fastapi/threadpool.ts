import type { Place } from '#contract/trace.ts'
import { inStep, type StepAbout } from '../trace/trace.ts'
import type { EventLoop } from './event-loop.ts'
import type { Request } from './request.ts'

/** Work that receives the place where it runs. */
export type Placed<T> = (place: Place) => T | Promise<T>

/** Runs `work` as FastAPI runs an `async def`: where it is called. */
export function runOnEventLoop<T>(_request: Request, work: Placed<T>): T | Promise<T> {
  return work('event loop')
}

/**
 * Runs `work` as FastAPI runs a plain `def`: in one of the 40 threads of the process, or queued for one. Threads are only
 * counted: here, waiting for a timer, a worker or a disk needs none.
 */
export function runInThreadpool<T>(request: Request, work: Placed<T>): T | Promise<T> {
  const { loop } = request.state
  if (loop === undefined) return work('threadpool')
  if (loop.idle && loop.threads.tryAcquire()) return runInThread(loop, request, work)
  return queued(loop, request).then(() => runInThread(loop, request, work))
}

/** The event loop hands the call to a thread when it is free itself. */
async function queued(loop: EventLoop, request: Request): Promise<void> {
  await loop.resume(request)
  if (loop.threads.tryAcquire()) return
  await inStep(request.state.trace, THREAD_STEP, () => loop.threads.acquire())
}

function runInThread<T>(loop: EventLoop, request: Request, work: Placed<T>): T | Promise<T> {
  let result: T | Promise<T>
  try {
    result = work('threadpool')
  } catch (error) {
    loop.threads.release()
    throw error
  }
  if (result instanceof Promise) return returned(loop, request, result)
  loop.threads.release()
  return result
}

/** The result, and with it the place, comes back when the event loop takes it. */
async function returned<T>(loop: EventLoop, request: Request, result: Promise<T>): Promise<T> {
  try {
    return await result
  } finally {
    if (!loop.idle) await loop.resume(request)
    loop.threads.release()
  }
}

const THREAD_STEP: StepAbout = {
  name: 'threadpool.wait',
  kind: 'wait',
  title: 'Waited for a thread',
  detail: {
    kind: 'handler',
    summary: 'All 40 threads were busy; the call that has waited longest gets the next one.',
  },
}
