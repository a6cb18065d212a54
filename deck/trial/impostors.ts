import type { BurstReport } from '#contract/burst.ts'
import type { Evidence } from '#contract/evaluate.ts'
import type { TraceReport, TraceStep } from '#contract/trace.ts'

/** What a server that is not the project would have left of a step, given what the project left. */
export type Impostor = (genuine: Evidence) => Evidence

const JSON_TYPE = 'application/json; charset=utf-8'
const NO_ROWS = {
  revision: 0,
  tables: {
    users: { columns: ['id', 'name', 'email', 'age', 'bio', 'created_at', 'hashed_password'], rows: [] },
  },
}

/** An Express app whose only handler is `res.json({})`. */
export const answersEverything: Impostor = (genuine) => ({
  ...genuine,
  status: 200,
  headers: { 'content-type': JSON_TYPE, 'x-powered-by': 'Express' },
  ...inside([]),
  ...emptyObject,
  burst: genuine.burst && instant(genuine.burst),
})

/** One that has the project's status codes, and nothing else. */
export const onlyStatuses: Impostor = (genuine) => ({ ...answersEverything(genuine), status: genuine.status })

/** One whose responses are right to the last byte, with the work done elsewhere: no step ran here, and no row was written. */
export const onlyResponses: Impostor = (genuine) => ({ ...genuine, ...inside([]) })

/** One that runs the same steps for every request, those of a request that has nothing to do with this one. */
export const sameSteps =
  (steps: TraceStep[]): Impostor =>
  (genuine) => ({ ...genuine, ...inside(steps) })

const emptyObject = { text: '{}', json: {} }

function inside(steps: TraceStep[]): Pick<Evidence, 'trace' | 'store'> {
  const trace: TraceReport = {
    id: '0'.repeat(32),
    requests: [
      {
        spanId: '0'.repeat(16),
        method: 'GET',
        path: '/',
        status: 200,
        startedAt: '2026-01-01T00:00:00.000Z',
        duration: 1,
        truncated: false,
        steps,
      },
    ],
  }
  return { trace, store: NO_ROWS }
}

/** Every request is answered at once, with a 200, and tells nothing of its handler. */
function instant(burst: BurstReport): BurstReport {
  const lanes = burst.lanes.map(({ index }) => ({
    index,
    status: 200,
    sent: 0,
    started: 0,
    ended: 5,
    received: 5,
  }))
  return { ...burst, duration: 5, peak: burst.n, lanes }
}
