import { sendRaw } from './raw-client.ts'

/** A request of a scenario: when it is sent, in milliseconds after the first. */
export interface Call {
  name: string
  at: number
  path: string
  method?: string
  form?: string
}

/** Requests that meet, and in which order they are answered. */
export interface Meeting {
  title: string
  calls: Call[]
  /** `[a, b]`: a is answered before b. */
  before: [string, string][]
  /** `[a, b]`: a waits, and is answered together with b at the earliest. */
  notBefore: [string, string][]
}

export interface Met {
  status: number
  /** Milliseconds after the first request was sent. */
  received: number
  /** The handler's own times, where the answer has them: milliseconds of the server's clock. */
  started: number
  ended: number
}

/** Answers that come closer together than this count as simultaneous. A busy machine is late by less. */
const TOGETHER_MS = 500

const FORM: [string, string] = ['Content-Type', 'application/x-www-form-urlencoded']

const blocking = (name: string, at: number, ms: number): Call => ({
  name,
  at,
  path: `/lab/wait/blocking?ms=${ms}`,
})
const threadpool = (name: string, at: number, ms: number): Call => ({
  name,
  at,
  path: `/lab/wait/threadpool?ms=${ms}`,
})
const login = (at: number): Call => {
  const form = 'username=ada%40example.com&password=analytical-engine'
  return { name: 'login', at, method: 'POST', path: '/login', form }
}
const forty = (ms: number): Call[] =>
  Array.from({ length: 40 }, (_, index) => threadpool(`thread ${index}`, 0, ms))

const REST: Call[] = [
  { name: 'items', at: 300, path: '/items' },
  { name: 'a user', at: 300, path: '/users/1' },
  { name: 'no token', at: 300, path: '/users/me' },
  { name: 'unknown path', at: 300, path: '/nowhere' },
  { name: 'wrong method', at: 300, method: 'DELETE', path: '/items' },
  { name: 'wrong input', at: 300, path: '/users/x' },
  { name: 'redirect', at: 300, path: '/users' },
  { name: 'the document', at: 300, path: '/openapi.json' },
  login(300),
]

export const MEETINGS: Meeting[] = [
  {
    title: 'a blocking handler holds everyone',
    calls: [blocking('blocking', 0, 2000), ...REST],
    before: [],
    notBefore: REST.map(({ name }) => [name, 'blocking']),
  },
  {
    title: 'what a blocked loop has finished leaves before the next blocking call runs',
    calls: [
      blocking('first', 0, 1200),
      blocking('second', 300, 1200),
      { name: 'items', at: 600, path: '/items' },
    ],
    before: [
      ['first', 'second'],
      ['first', 'items'],
    ],
    notBefore: [['items', 'second']],
  },
  {
    title: 'a handler that awaits goes on when the loop is free',
    calls: [{ name: 'awaits', at: 0, path: '/lab/wait/async?ms=500' }, blocking('blocking', 200, 2000)],
    before: [],
    notBefore: [['awaits', 'blocking']],
  },
  {
    title: 'a thread finishes, but its answer waits for the loop',
    calls: [threadpool('thread', 0, 500), blocking('blocking', 200, 2000)],
    before: [],
    notBefore: [['thread', 'blocking']],
  },
  {
    title: 'forty threads: whatever needs one waits, whatever needs none does not',
    calls: [...forty(2000), ...REST],
    before: ['items', 'no token', 'unknown path', 'wrong method', 'redirect', 'the document'].map((name) => [
      name,
      'thread 0',
    ]),
    notBefore: ['a user', 'wrong input', 'login'].map((name) => [name, 'thread 0']),
  },
  {
    title: 'a blocked loop gives no thread away',
    calls: [...forty(600), blocking('blocking', 200, 2000), { name: 'a user', at: 400, path: '/users/1' }],
    before: [],
    notBefore: [
      ['a user', 'blocking'],
      ['thread 0', 'blocking'],
    ],
  },
]

/**
 * Sends the requests of a meeting, each over a connection of its own.
 * @param headers sent with each
 */
export async function meet(
  origin: string,
  { calls }: Meeting,
  headers: [string, string][] = [],
): Promise<Map<string, Met>> {
  const began = performance.now()
  const met = calls.map(async ({ name, at, method = 'GET', path, form }): Promise<[string, Met]> => {
    await new Promise((resolve) => setTimeout(resolve, at))
    const { status, body } = await sendRaw(origin, {
      method,
      path,
      headers: form === undefined ? headers : [...headers, FORM],
      ...(form !== undefined && { body: Buffer.from(form) }),
    })
    const received = performance.now() - began
    const { started = NaN, ended = NaN } = spanOf(body.toString())
    return [name, { status, received, started, ended }]
  })
  return new Map(await Promise.all(met))
}

/** What of the expected order didn't come true. */
export function outOfOrder({ before, notBefore }: Meeting, met: ReadonlyMap<string, Met>): string[] {
  const received = (name: string): number => met.get(name)?.received ?? NaN
  return [
    ...before
      .filter(([early, late]) => !(received(early) < received(late)))
      .map(([early, late]) => `${early} was not answered before ${late}`),
    ...notBefore
      .filter(([late, early]) => !(received(late) > received(early) - TOGETHER_MS))
      .map(([late, early]) => `${late} was answered before ${early}`),
  ]
}

function spanOf(text: string): Partial<Record<'started' | 'ended', number>> {
  if (!text.startsWith('{')) return {}
  return JSON.parse(text) as Partial<Record<'started' | 'ended', number>>
}
