import { sendRaw } from './raw-client.ts'

/** One request of a meeting. */
interface Call {
  name: string
  /** Milliseconds after the first request; on a busy machine it is sent later. */
  at: number
  path: string
  method?: string
  form?: string
}

/** When a request was sent and answered and when its handler ran, all in milliseconds by one clock. */
interface Met {
  status: number
  sent: number
  received: number
  /** NaN if the response has no times. */
  started: number
  ended: number
}

/** The result of a meeting. It means nothing unless the requests overlapped (`met`). */
interface Outcome {
  met: boolean
  /** Requests that had to wait, but were answered early. */
  early: string[]
  /** Requests that had no reason to wait, but were late. A busy machine is a reason. */
  late: string[]
}

/** Requests that overlap on one event loop, and what must result. */
export interface Meeting {
  title: string
  calls: Call[]
  judge(of: (name: string) => Met): Outcome
}

const lab = (way: string, name: string, at: number, ms: number): Call => ({
  name,
  at,
  path: `/lab/wait/${way}?ms=${ms}`,
})
const FORTY = Array.from({ length: 40 }, (_, index) => `thread ${index}`)
const forty = (ms: number): Call[] => FORTY.map((name) => lab('threadpool', name, 0, ms))

const NEEDS_THREAD: Call[] = [
  { name: 'a user', at: 300, path: '/users/1' },
  { name: 'wrong input', at: 300, path: '/users/x' },
  {
    name: 'login',
    at: 300,
    method: 'POST',
    path: '/login',
    form: 'username=ada%40example.com&password=analytical-engine',
  },
]
const NEEDS_NONE: Call[] = [
  { name: 'items', at: 300, path: '/items' },
  { name: 'no token', at: 300, path: '/users/me' },
  { name: 'unknown path', at: 300, path: '/nowhere' },
  { name: 'wrong method', at: 300, method: 'DELETE', path: '/items' },
  { name: 'redirect', at: 300, path: '/users' },
  { name: 'the document', at: 300, path: '/openapi.json' },
]
const EVERYONE = [...NEEDS_THREAD, ...NEEDS_NONE]

/** Within a span, but not at its edges: some hundredths of a second pass between a handler and its request. */
const within = (moment: number, { started, ended }: Met): boolean =>
  started + 20 < moment && moment < ended - 20

export const MEETINGS: Meeting[] = [
  {
    title: 'a blocking handler holds up every other request',
    calls: [lab('blocking', 'blocking', 0, 2000), ...EVERYONE],
    judge(of) {
      const blocking = of('blocking')
      const sent = EVERYONE.filter(({ name }) => within(of(name).sent, blocking))
      const early = sent.filter(({ name }) => of(name).received < blocking.ended)
      return { met: sent.length === EVERYONE.length, early: namesOf(early), late: [] }
    },
  },
  {
    title: 'what a blocking call held up is answered after the next one, and the call itself before it',
    calls: [
      lab('blocking', 'first', 0, 1500),
      lab('blocking', 'second', 300, 1500),
      { name: 'items', at: 600, path: '/items' },
    ],
    judge(of) {
      const [first, second, items] = [of('first'), of('second'), of('items')]
      return {
        met: within(second.sent, first) && within(items.sent, first),
        early: items.received < second.ended ? ['items'] : [],
        late: first.received < second.ended ? [] : ['first'],
      }
    },
  },
  {
    title: 'a handler that awaits goes on when the loop is free',
    calls: [lab('async', 'awaits', 0, 500), lab('blocking', 'blocking', 200, 2000)],
    judge(of) {
      const [awaits, blocking] = [of('awaits'), of('blocking')]
      return {
        met: within(awaits.started + 500, blocking) && awaits.started < blocking.started,
        early: awaits.ended < blocking.ended ? ['awaits'] : [],
        late: [],
      }
    },
  },
  {
    title: 'a thread finishes, but its answer waits for the loop',
    calls: [lab('threadpool', 'thread', 0, 500), lab('blocking', 'blocking', 200, 2000)],
    judge(of) {
      const [thread, blocking] = [of('thread'), of('blocking')]
      return {
        met: within(thread.ended, blocking),
        early: thread.received < blocking.ended ? ['thread'] : [],
        late: [],
      }
    },
  },
  {
    title: 'while forty threads are at work, what needs one waits, and what needs none does not',
    calls: [...forty(2000), ...EVERYONE],
    judge(of) {
      const threads = FORTY.map(of)
      const full: Met = {
        ...of('thread 0'),
        started: Math.max(...threads.map(({ started }) => started)),
        ended: Math.min(...threads.map(({ ended }) => ended)),
      }
      const early = NEEDS_THREAD.filter(({ name }) => of(name).received < full.ended)
      const late = NEEDS_NONE.filter(({ name }) => of(name).received > full.ended)
      const met = EVERYONE.every(({ name }) => within(of(name).sent, full))
      return { met, early: met ? namesOf(early) : [], late: namesOf(late) }
    },
  },
  {
    title: 'a blocked loop gives no thread away',
    calls: [
      ...forty(600),
      lab('blocking', 'blocking', 200, 2000),
      { name: 'a user', at: 400, path: '/users/1' },
    ],
    judge(of) {
      const blocking = of('blocking')
      const caught = FORTY.filter((name) => within(of(name).ended, blocking))
      const waits = within(of('a user').sent, blocking) ? [...caught, 'a user'] : caught
      const early = waits.filter((name) => of(name).received < blocking.ended)
      return { met: waits.length > 1 && waits.includes('a user'), early, late: [] }
    },
  },
]

const ATTEMPTS = 12

/**
 * Repeats a meeting until the expected result has been seen. A request that must wait may not be answered early even once.
 * @param now the server's own clock in milliseconds, as in its responses
 * @param headers sent with each request
 * @returns what is wrong, and the statuses of the responses
 */
export async function meet(
  origin: string,
  meeting: Meeting,
  now: () => number,
  headers: [string, string][] = [],
): Promise<{ wrong: string[]; statuses: Map<string, number> }> {
  let wrong: string[] = []
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const answers = await sendAll(origin, meeting.calls, now, headers)
    const statuses = new Map([...answers].map(([name, { status }]) => [name, status]))
    const { met, early, late } = meeting.judge((name) => answers.get(name) ?? MISSING)
    wrong = early.map((name) => `${name} was answered too early`)
    if (wrong.length > 0 || (met && late.length === 0)) return { wrong, statuses }
    wrong = met ? late.map((name) => `${name} was always late`) : ['the requests never met']
  }
  return { wrong, statuses: new Map() }
}

const MISSING: Met = { status: 0, sent: NaN, received: NaN, started: NaN, ended: NaN }
const FORM: [string, string] = ['Content-Type', 'application/x-www-form-urlencoded']

async function sendAll(
  origin: string,
  calls: readonly Call[],
  now: () => number,
  headers: [string, string][],
): Promise<Map<string, Met>> {
  const answers = calls.map(async ({ name, at, method = 'GET', path, form }): Promise<[string, Met]> => {
    await new Promise((resolve) => setTimeout(resolve, at))
    const sent = now()
    let received = NaN
    const request = {
      method,
      path,
      headers: form === undefined ? headers : [...headers, FORM],
      ...(form !== undefined && { body: Buffer.from(form) }),
    }
    const { status, body } = await sendRaw(origin, request, () => (received = now()))
    const { started = NaN, ended = NaN } = spanOf(body.toString())
    return [name, { status, sent, received, started, ended }]
  })
  return new Map(await Promise.all(answers))
}

function spanOf(text: string): Partial<Record<'started' | 'ended', number>> {
  if (!text.startsWith('{')) return {}
  return JSON.parse(text) as Partial<Record<'started' | 'ended', number>>
}

function namesOf(calls: readonly Call[]): string[] {
  return calls.map(({ name }) => name)
}
