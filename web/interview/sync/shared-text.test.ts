// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { ApiFailure } from '../../api/call.ts'
import { encodeBase64, decodeBase64 } from '#contract/interview/base64.ts'
import { SharedText } from './shared-text.ts'

/** A server that keeps what it gets, and may be away. */
class Server {
  readonly doc = new Y.Doc()
  away = false
  refuses: ApiFailure | null = null
  /** The answer to the next update gets lost, though the update was taken. */
  losesAnswer = false
  updates = 0
  largest = 0

  send = async (update: string): Promise<void> => {
    if (this.away) throw new ApiFailure('away', null)
    if (this.refuses) throw this.refuses
    this.updates += 1
    this.largest = Math.max(this.largest, decodeBase64(update).length)
    Y.applyUpdate(this.doc, decodeBase64(update))
    if (this.losesAnswer) {
      this.losesAnswer = false
      throw new ApiFailure('lost', null)
    }
  }

  get text(): string {
    return this.doc.getText('text').toString()
  }

  get whole(): string {
    return encodeBase64(Y.encodeStateAsUpdate(this.doc))
  }
}

const opened: SharedText[] = []

function open(server: Server, keptAs: string | null = 'kept'): SharedText {
  const text = new SharedText({ keptAs, send: server.send, changed: () => undefined })
  opened.push(text)
  return text
}

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
})
afterEach(() => {
  for (const text of opened.splice(0)) text.end()
  vi.useRealTimers()
})
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(20_000)

test('what is typed arrives, and quick keystrokes are sent as one update', async () => {
  const server = new Server()
  const text = open(server)
  for (const letters of ['F', 'Fa', 'Fast', 'FastAPI']) text.set(letters)
  expect(text.saving.state).toBe('saving')
  await settle()
  expect(server.text).toBe('FastAPI')
  expect(server.updates).toBe(1)
  expect(text.saving.state).toBe('saved')
  expect(localStorage.length).toBe(0)
})

test('a lost response doubles nothing', async () => {
  const server = new Server()
  const text = open(server)
  server.losesAnswer = true
  text.set('once')
  await settle()
  expect(server.text).toBe('once')
  expect(server.updates).toBe(2)
  expect(text.saving.state).toBe('saved')
})

test('a page that is closed while the server is away loses nothing', async () => {
  const server = new Server()
  server.away = true
  const first = open(server)
  first.set('typed while away')
  await settle()
  expect(first.saving.state).toBe('waiting')
  first.end()
  server.away = false
  const again = open(server)
  expect(again.value).toBe('typed while away')
  again.adopt(null)
  await settle()
  expect(server.text).toBe('typed while away')
  expect(localStorage.length).toBe(0)
})

test('two tabs edited while apart have the same text afterwards', async () => {
  const server = new Server()
  const [one, other] = [open(server, 'one'), open(server, 'other')]
  one.set('begin ')
  await settle()
  other.adopt(server.whole)
  server.away = true
  one.set('begin one')
  other.set('other begin ')
  await settle()
  server.away = false
  for (const text of [one, other]) text.adopt(server.whole)
  await settle()
  for (const text of [one, other]) text.take(server.whole)
  expect(one.value).toBe(server.text)
  expect(other.value).toBe(server.text)
  expect(server.text).toContain('one')
  expect(server.text).toContain('other')
})

test('a large paste of three-byte characters is sent in pieces that fit in a request body', async () => {
  const server = new Server()
  const text = open(server)
  text.set('漢'.repeat(19_000))
  await settle()
  expect(server.text).toBe('漢'.repeat(19_000))
  expect(server.largest).toBeLessThanOrEqual(45_000)
})

test('what the server refuses for good is reported, and kept', async () => {
  const server = new Server()
  server.refuses = new ApiFailure('The interview is over.', 409)
  const text = open(server)
  text.set('too late')
  await settle()
  expect(text.saving).toEqual({ state: 'refused', why: 'The interview is over.' })
  expect(open(server).value).toBe('too late')
})

test('a refusal for too many requests isn’t final: the text is sent again', async () => {
  const server = new Server()
  server.refuses = new ApiFailure('too soon', 429)
  const text = open(server)
  text.set('later')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(text.saving.state).toBe('waiting')
  server.refuses = null
  await settle()
  expect(server.text).toBe('later')
})

test('the caret stays in place when another tab writes before or after it', async () => {
  const server = new Server()
  const [here, there] = [open(server, 'here'), open(server, 'there')]
  here.set('middle')
  await settle()
  there.adopt(server.whole)
  there.set('before middle')
  await settle()
  let before = here.value
  here.take(server.whole)
  expect(here.value).toBe('before middle')
  expect(here.moved(3, before)).toBe(10)
  there.set('before middle after')
  await settle()
  before = here.value
  here.take(server.whole)
  expect(here.moved(10, before)).toBe(10)
})

test('a text that begins with something is sent with it at the first change, and not doubled by a second tab', async () => {
  const server = new Server()
  const base = 'class UserOut:\n    pass\n'
  const withBase = () => {
    const text = new SharedText({ keptAs: null, base, send: server.send, changed: () => undefined })
    opened.push(text)
    return text
  }
  const [one, other] = [withBase(), withBase()]
  for (const text of [one, other]) text.adopt(null)
  await settle()
  expect([one.value, server.updates, one.saving.state]).toEqual([base, 0, 'saved'])
  one.set(base.replace('pass', 'name: str'))
  other.set(`# mine\n${base}`)
  await settle()
  expect(server.text).toBe('# mine\nclass UserOut:\n    name: str\n')
  for (const text of [one, other, withBase()]) {
    text.adopt(server.whole)
    expect(text.value).toBe(server.text)
  }
})

test('a text that is emptied stays empty, and doesn’t become what it began with', async () => {
  const server = new Server()
  const text = new SharedText({
    keptAs: 'kept',
    base: 'x = 1\n',
    send: server.send,
    changed: () => undefined,
  })
  opened.push(text)
  text.set('')
  await settle()
  const again = new SharedText({
    keptAs: 'kept',
    base: 'x = 1\n',
    send: server.send,
    changed: () => undefined,
  })
  opened.push(again)
  again.adopt(server.whole)
  expect([text.value, again.value, server.text]).toEqual(['', '', ''])
})
