/** Routes that show how FastAPI behaves: ways to wait, to be called many times at once, and one that fails. */
import { setTimeout as delay } from 'node:timers/promises'
import { APIRouter } from '../../fastapi/api-router.ts'
import { ValueError } from '../../fastapi/python-exception.ts'
import { int, str } from '../../fastapi/validation/field-types.ts'
import { Wait } from '../schemas.ts'
import { blockingSleep, sleep } from '../sleep.ts'

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

// region lab.boom
// Nothing handles it: a plain 500, made outside all of the app's own middleware.
router.get('/boom', { region: 'lab.boom', response: str() }, () => {
  throw new ValueError('nothing handles this')
})
// endregion
