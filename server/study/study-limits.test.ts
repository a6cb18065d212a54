import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { COPY_LIMITS } from '#contract/study/copy.ts'
import { LOG_VERSION } from '#contract/study/event.ts'
import { HOURLY_LIMITS } from '../limits/limiter.ts'
import { memoryLimits } from '../limits/memory-limits.ts'
import { serveViva, type ServeVivaOptions } from '../testing/serve-viva.ts'
import { CopyClient, gradeOf, removalOf } from './testing/copy-client.ts'

async function madeCopy(options: ServeVivaOptions = {}) {
  const { origin, port, close } = await serveViva({}, options)
  onTestFinished(close)
  const copy = new CopyClient(origin)
  await copy.make()
  return { copy, origin, port }
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
const good = gradeOf()
const text = JSON.stringify(good)

test('what isn’t an event of the log is refused with the reason, and nothing of its batch is stored', async () => {
  const { copy } = await madeCopy()
  const bodies: [string, number, string][] = [
    ['', 422, ''],
    ['{', 422, 'not JSON'],
    ['null', 422, ''],
    ['[]', 422, ''],
    ['{"events":{}}', 422, 'body.events'],
    ['{"events":[]}', 422, 'body.events'],
    [`{"events":[${text}],"key":1}`, 422, 'key'],
    [`{"events":${nested(20_000)}}`, 422, 'body.events'],
    [`{"events":[${text},${nested(20_000)}]}`, 422, 'body.events.1'],
    [`{"events":[${text.replace('}', `,"more":${nested(20_000)}}`)}]}`, 422, '“more” is not a field'],
    [`{"events":[${text.replace('}', ',"__proto__":{"kind":"removed"}}')}]}`, 422, 'not JSON'],
    [`{"events":[${text.replace('"review"', '"__proto__"')}]}`, 422, 'doesn’t know'],
    [`{"events":[${text.replace('"review"', '"constructor"')}]}`, 422, 'doesn’t know'],
    [`{"events":[${text.replace('"review"', '"dance"')}]}`, 422, 'the server needs an update'],
    [
      `{"events":[${text.replace('"version":2', `"version":${LOG_VERSION + 1}`)}]}`,
      422,
      'the server needs an update',
    ],
    [`{"events":[${text.replace('"grade":3', '"grade":"3"')}]}`, 422, '“grade”'],
    [`{"events":[${text.replace('"grade":3', '"grade":1e400')}]}`, 422, '“grade”'],
    [`{"events":[${text.replace(good.id, '../../x')}]}`, 422, '“id”'],
    [`{"events":[${text.replace(good.id, '__proto__')}]}`, 200, ''],
    [`{"events":[${text},1,"x",null,[]]}`, 422, 'body.events.1'],
    [`{"events":[${Array.from({ length: 151 }, () => '1').join(',')}]}`, 422, 'body.events'],
    [`{"events":[${`${text},`.repeat(490)}${text}]}`, 413, 'larger than'],
  ]
  for (const [body, status, detail] of bodies) {
    const answer = await copy.call('POST', '/api/study/copy/events', body)
    expect(answer.status, body.slice(0, 80)).toBe(status)
    if (status !== 200) expect(String(answer.json.detail), body.slice(0, 80)).toContain(detail)
  }
  expect((await copy.all()).map(({ id }) => id)).toEqual(['__proto__'])
})

test('an event as large as allowed is kept whole, and a larger one is refused', async () => {
  const { copy } = await madeCopy()
  const attempt = (written: string) => ({
    ...{
      id: randomUUID(),
      version: 2,
      time: 1,
      day: '2026-11-29',
      kind: 'attempt',
      slug: '01-one',
      level: 3,
    },
    ...{ named: [], missed: [], written, seconds: null, followUp: null, mock: null },
  })
  const bytes = JSON.stringify(attempt('')).length
  const largest = attempt('ü'.repeat((COPY_LIMITS.eventBytes - bytes) / 2))
  expect((await copy.add(largest)).status).toBe(200)
  const answer = await copy.add(attempt(`${largest.written}ü`))
  expect(answer.status).toBe(422)
  expect(answer.json.detail).toContain('at most 32768')
  expect(await copy.all()).toEqual([largest])
})

test(
  'a copy is full at its limit of bytes; reading, and removing from it, still work',
  { timeout: 60_000 },
  async () => {
    const { copy, origin } = await madeCopy()
    const written = 'x'.repeat(COPY_LIMITS.eventBytes - 400)
    const attempt = () => ({
      ...{
        id: randomUUID(),
        version: 2,
        time: 1,
        day: '2026-11-29',
        kind: 'attempt',
        slug: '01-one',
        level: 3,
      },
      ...{ named: [], missed: [], written, seconds: null, followUp: null, mock: null },
    })
    const ids: string[] = []
    for (;;) {
      const event = attempt()
      const { status, json } = await copy.add(event)
      if (status !== 200) {
        expect([status, json.detail]).toEqual([409, 'This copy is full: a copy holds at most 16 MB'])
        break
      }
      ids.push(event.id)
    }
    expect(ids.length).toBeGreaterThan(500)
    expect((await copy.at(origin).all()).map(({ id }) => id)).toEqual(ids)
    expect((await copy.add(removalOf(ids[0]!))).status).toBe(200)
    expect((await copy.add(attempt())).status).toBe(200)
  },
)

test('one address makes a bounded number of copies an hour, and copies a bounded number of bytes', async () => {
  const limits = memoryLimits(0, { ...HOURLY_LIMITS, studyCopies: 2, studyBytes: 100_000 })
  const { copy, origin } = await madeCopy({ limits })
  const second = new CopyClient(origin)
  expect((await second.make()).status).toBe(201)
  const third = await new CopyClient(origin).make()
  expect(third.status).toBe(429)
  expect(Number(third.headers.get('Retry-After'))).toBeGreaterThan(0)
  // The same again is no new one.
  expect((await second.make()).status).toBe(201)
  const statuses: number[] = []
  for (let index = 0; index < 10; index += 1) {
    const batch = Array.from({ length: 90 }, () => gradeOf())
    statuses.push((await copy.add(...batch)).status)
  }
  expect([...new Set(statuses)]).toEqual([200, 429])
  const read = await copy.read()
  expect(read.status).toBe(429)
  expect(read.json.detail).toBe('Too much has been copied from your address within the past hour')
})

test('a client that hangs up in the middle of a post leaves nothing behind, and the copy goes on', async () => {
  const { copy, port } = await madeCopy()
  const body = JSON.stringify({ events: [gradeOf('canary')] })
  for (const cut of [1, body.length >> 1, body.length - 1]) {
    await new Promise<void>((done) => {
      const socket = connect(port, '127.0.0.1', () => {
        const head = `POST /api/study/copy/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${copy.key}\r\n`
        socket.write(`${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`)
        socket.write(body.slice(0, cut), () => {
          socket.destroy()
          done()
        })
      })
    })
  }
  expect((await copy.add(gradeOf())).status).toBe(200)
  expect(await copy.all()).toHaveLength(1)
})
