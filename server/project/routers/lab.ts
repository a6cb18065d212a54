/** Routes that show how FastAPI behaves when many call at once, and when one fails. */
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { APIRouter } from '../../fastapi/api-router.ts'
import { ValueError } from '../../fastapi/python-exception.ts'
import type { Span } from '../../fastapi/event-loop.ts'
import type { Request } from '../../fastapi/request.ts'
import { int, literal, str } from '../../fastapi/validation/field-types.ts'
import { inStep, type StepAbout, type Within } from '../../trace/trace.ts'
import { Engine } from '../engine.ts'
import { perProcess } from '../per-process.ts'
import { ServiceCall, Wait } from '../schemas.ts'
import { blockingSleep, sleep, SleepInTurn } from '../sleep.ts'

// region lab.router
export const router = new APIRouter({ prefix: '/lab', tags: ['lab'] })
// endregion

const Milliseconds = int({ ge: 0, le: 2000 }).default(100)

/** Milliseconds on a clock that never goes back. */
const now = () => performance.now()

// region lab.wait_async
// All at once: while one waits, the event loop serves the others.
router.get(
  '/wait/async',
  { region: 'lab.wait_async', async: true, query: { ms: Milliseconds }, response: Wait },
  async ({ ms, request }) => {
    const started = now()
    await sleep(request, ms)
    return { way: 'async', ms, started, ended: now() }
  },
)
// endregion

// region lab.wait_threadpool
// In waves of 40: each one holds a thread of the pool, and the 41st stands in line.
router.get(
  '/wait/threadpool',
  { region: 'lab.wait_threadpool', query: { ms: Milliseconds }, response: Wait },
  async ({ ms }) => {
    const started = now()
    await delay(ms)
    return { way: 'threadpool', ms, started, ended: now() }
  },
)
// endregion

// region lab.wait_blocking
// One after another: this sleep holds the event loop of the sandbox, and everyone else in it.
router.get(
  '/wait/blocking',
  { region: 'lab.wait_blocking', async: true, query: { ms: Milliseconds }, response: Wait },
  async ({ ms, request }) => {
    const { started, ended } = await blockingSleep(request, ms)
    return { way: 'blocking', ms, started, ended }
  },
)
// endregion

// region lab.wait_one_at_a_time
// As one synchronous worker would: the next call begins when this one is over.
const oneWorker = perProcess(() => new SleepInTurn())

router.get(
  '/wait/one-at-a-time',
  { region: 'lab.wait_one_at_a_time', async: true, query: { ms: Milliseconds }, response: Wait },
  async ({ ms, request }) => {
    const { started, ended } = await oneWorker(request).sleep(request, ms)
    return { way: 'one-at-a-time', ms, started, ended }
  },
)
// endregion

// region lab.engine
// 5 connections and 10 more on demand, as in every engine. SQLAlchemy waits 30 s for a free one; this one gives up
// after 0.3 s.
const engine = new Engine('lab.engine', { timeoutMs: 300 })
// endregion

// region lab.hold_connection
// The 16th waits for a connection in its thread, and then fails.
router.get(
  '/connection',
  { region: 'lab.hold_connection', query: { ms: Milliseconds }, response: Wait },
  async ({ ms, request }) => {
    const connection = await engine.connect(request)
    try {
      const started = now()
      await delay(ms)
      return { way: 'connection', ms, started, ended: now() }
    } finally {
      connection.close()
    }
  },
)
// endregion

// region lab.hold_connection_async
// The 16th waits for a connection on the event loop: until it fails, no one else in the sandbox goes on, not even those
// who would give a connection back.
router.get(
  '/connection/async',
  { region: 'lab.hold_connection_async', async: true, query: { ms: Milliseconds }, response: Wait },
  async ({ ms, request }) => {
    const connection = await engine.connectOnEventLoop(request)
    try {
      const started = now()
      await sleep(request, ms)
      return { way: 'connection-async', ms, started, ended: now() }
    } finally {
      connection.close()
    }
  },
)
// endregion

// region lab.call_service
// Stands for a call to another service: while it waits, the event loop serves others.
function callService(request: Request, within: Within, ms: number): Promise<Span> {
  return inStep(within, CALL_STEP, async () => {
    const started = now()
    await sleep(request, ms)
    return { started, ended: now() }
  })
}
// endregion

const CALL_STEP: StepAbout = {
  name: 'lab.call_service',
  kind: 'wait',
  title: 'Call to another service',
  detail: { kind: 'handler', summary: 'Nothing runs here: the handler awaits.' },
}

// region lab.two_calls
// Two awaits in turn wait twice; Promise.all, as gather in Python, waits for both at once.
router.get(
  '/two-calls',
  {
    region: 'lab.two_calls',
    async: true,
    query: {
      how: literal('in-turn', 'together').default('in-turn'),
      ms: int({ ge: 0, le: 2000 }).default(300),
    },
    response: z.array(ServiceCall),
  },
  async ({ how, ms, request }) => {
    const within = request.state.trace?.current
    const call = () => callService(request, within, ms)
    return how === 'together' ? Promise.all([call(), call()]) : [await call(), await call()]
  },
)
// endregion

// region lab.boom
// Nothing handles it: a plain 500, made outside all of the app's own middleware.
router.get('/boom', { region: 'lab.boom', response: str() }, () => {
  throw new ValueError('nothing handles this')
})
// endregion
