// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { encodeBase64 } from '#contract/interview/base64.ts'
import { landmarksOf } from '../replay/landmarks.ts'
import { largestInsertion } from './largest-insertion.ts'
import { SharedText } from './shared-text.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** The longest insertion of each update that reaches the server. */
async function sent(write: (text: SharedText, wait: (ms: number) => Promise<unknown>) => Promise<void>) {
  const lengths: number[] = []
  const text = new SharedText({
    keptAs: null,
    send: (update) => Promise.resolve(void lengths.push(largestInsertion(update))),
    changed: () => undefined,
  })
  await write(text, (ms) => vi.advanceTimersByTimeAsync(ms))
  await vi.advanceTimersByTimeAsync(20_000)
  text.end()
  return Math.max(...lengths)
}

test('letters that are typed one by one are short, however many are sent at once', async () => {
  const longest = await sent((text) => {
    for (let length = 1; length <= 600; length += 1) text.set('word '.repeat(200).slice(0, length))
    return Promise.resolve()
  })
  expect(longest).toBe(1)
})

test('a pasted passage has its length, alone and between typed letters', async () => {
  const longest = await sent(async (text, wait) => {
    text.set('a')
    text.set('ab')
    await wait(50)
    text.set(`ab${'pasted '.repeat(60)}`)
    text.set(`ab${'pasted '.repeat(60)}c`)
  })
  expect(longest).toBe(420)
})

test('a replay marks passages that appeared at once, but not those that were typed offline and arrived late', () => {
  const update = (text: string): string => {
    const doc = new Y.Doc()
    doc.getText('text').insert(0, text)
    return encodeBase64(Y.encodeStateAsUpdate(doc))
  }
  const step = { kind: 'text' as const, question: 'q1' }
  const steps = [
    { ...step, at: 1, update: update('short'), late: false },
    { ...step, at: 2, update: update('x'.repeat(1_234)), late: false },
    { ...step, at: 3, update: update('x'.repeat(1_234)), late: true },
  ]
  expect(landmarksOf({ steps }, (title) => ({ title, given: {} }))).toEqual([
    { at: 2, kind: 'passage', label: '1,234 characters at once' },
  ])
})
