import { expect } from 'vitest'
import { isBusy, whileBusy } from '../../web/api/while-busy.ts'
import { guarantee, long } from '../support/guarantees.ts'
import { testApp } from '../support/test-app.ts'

const LOGIN = new URLSearchParams({ username: 'ada@example.com', password: 'analytical-engine' })
const WRONG = new URLSearchParams({ username: 'ada@example.com', password: 'a wrong password' })

/** Sends a request like a browser with its own sandbox behind a proxy. */
async function learnerAt(origin: string, address: string) {
  const opened = await fetch(`${origin}/api/sandbox`, { headers: { 'X-Forwarded-For': address } })
  const { id } = (await opened.json()) as { id: string }
  return (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(origin + path, {
      ...init,
      headers: { ...init.headers, 'X-Forwarded-For': address, 'X-Sandbox': id },
    })
}

guarantee(
  'A whole class behind one address logs in at once, while another address floods',
  async (row) => {
    const learners = long(14, 300)
    // The short form uses a queue so small that part of its class is refused.
    const env = long({ PASSWORD_QUEUE: '16', PASSWORD_QUEUE_OF_ADDRESS: '8' }, {})
    const { origin } = await testApp({ env: { TRUST_PROXY: '1', RATE_LIMIT: '0', ...env } })
    const members = await Promise.all(
      Array.from({ length: learners }, () => learnerAt(origin, '203.0.113.1')),
    )
    const hostile = await Promise.all(
      Array.from({ length: long(4, 20) }, () => learnerAt(origin, '198.51.100.1')),
    )
    let flooding = true
    let flooded = 0
    const flood = hostile.flatMap((send) =>
      Array.from({ length: long(5, 30) }, async () => {
        for (; flooding; flooded += 1)
          await (await send('/login', { method: 'POST', body: WRONG })).arrayBuffer()
      }),
    )

    let sentAway = 0
    const began = performance.now()
    const statuses = await Promise.all(
      members.map(async (send, index) => {
        // Within two seconds; the short form at once.
        await new Promise((resolve) => setTimeout(resolve, (index / learners) * long(0, 2_000)))
        const logIn = async (): Promise<Response> => {
          const answer = await send('/login', { method: 'POST', body: LOGIN })
          if (isBusy(answer.headers)) sentAway += 1
          return answer
        }
        const answer = await whileBusy(logIn, ({ headers }) => headers)
        return answer.status
      }),
    )
    const seconds = (performance.now() - began) / 1000
    flooding = false
    await Promise.all(flood)
    row.tried = `${learners} learners, each with a sandbox, log in ${long('at once', 'within 2 s')}; another address sends ${flooded} wrong passwords meanwhile`
    row.figure = `all got in, ${sentAway} times after Retry-After, the last after ${seconds.toFixed(1)} s`
    expect(statuses).toEqual(members.map(() => 200))
    if (long(true, false)) expect(sentAway).toBeGreaterThan(0)
  },
  long(120_000, 600_000),
)

guarantee(
  'One address can’t block bursts for others, and a caller who leaves frees the slot',
  async (row) => {
    const { origin } = await testApp({ env: { TRUST_PROXY: '1', RATE_LIMIT: '0' } })
    const burst = (path: string, n: number): RequestInit => ({
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ path, n }),
    })
    const hostile = await Promise.all(Array.from({ length: 70 }, () => learnerAt(origin, '198.51.100.1')))
    const other = await learnerAt(origin, '203.0.113.1')
    const leave = new AbortController()
    let over = 0
    const statuses: number[] = []
    const held = hostile.map(async (send) => {
      const init = { ...burst('/lab/wait/blocking?ms=200', 100), signal: leave.signal }
      const answer = await send('/api/burst', init).catch(() => null)
      if (answer === null) return
      statuses.push(answer.status)
      if (answer.status === 200) over += 1
      else expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
    })
    // Once its share is waiting and the rest has been refused, all of its slots are taken.
    await expect.poll(() => statuses.filter((status) => status === 503).length).toBe(10)
    const answer = await other('/api/burst', burst('/items', 20))
    expect(answer.status).toBe(200)
    expect(over).toBe(0)
    leave.abort()
    await Promise.all(held)
    // The server notices a moment later that a client has left; until then its sandbox has a burst running.
    const again = (send: (typeof hostile)[number]) =>
      expect.poll(async () => (await send('/api/burst', burst('/items', 5))).status).toBe(200)
    await Promise.all(hostile.slice(0, 8).map(again))
    row.tried =
      '70 bursts of 100 calls that block for 20 s, of one address; then a burst of another; then the 70 leave'
    row.figure =
      'the other was answered while all of them ran; 10 were sent away with Retry-After; slots free again'
  },
)
