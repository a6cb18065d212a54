/** Three ways to wait, to be called many times at once. */
import { setTimeout as sleep } from 'node:timers/promises'
import { APIRouter } from '../../fastapi/api-router.ts'
import { int } from '../../fastapi/validation/field-types.ts'
import { block } from '../../pools/blocking.ts'
import { Wait } from '../schemas.ts'
import { runInThreadpool } from '../threadpool.ts'

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
  { region: 'lab.wait_async', query: { ms: Milliseconds }, response: Wait },
  async ({ ms }) => {
    const started = now()
    await sleep(ms)
    return { way: 'async', ms, started, ended: now() }
  },
)
// endregion

// region lab.wait_threadpool
// In waves of 40: each one holds a thread of the pool, and the 41st stands in line.
router.get(
  '/wait/threadpool',
  { region: 'lab.wait_threadpool', query: { ms: Milliseconds }, response: Wait },
  ({ ms, request }) =>
    runInThreadpool(request.state.sandbox.id, async () => {
      const started = now()
      await sleep(ms)
      return { way: 'threadpool', ms, started, ended: now() }
    }),
)
// endregion

// region lab.wait_blocking
// One after another: what blocks is a worker of its own, so that other people's requests go on.
router.get(
  '/wait/blocking',
  { region: 'lab.wait_blocking', query: { ms: Milliseconds }, response: Wait },
  async ({ ms, request }) => {
    const { started, ended } = await block(request.state.sandbox.id, ms)
    return { way: 'blocking', ms, started, ended }
  },
)
// endregion
