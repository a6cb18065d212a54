import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { LIMITS } from '#contract/interview/limits.ts'
import {
  EMPTY_DOCUMENT,
  judgeUpdate,
  textOf,
  updateOf,
  withUpdate,
  type TextDocument,
} from './text-document.ts'
import { readUpdate } from './update-contents.ts'

type Edit = { at: number; deleted: number; inserted: string }

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  deleted: fc.nat(4),
  // Whole characters, of the planes beyond the first too.
  inserted: fc.string({ maxLength: 5, unit: 'binary' }),
})

/** Changes a text and returns the updates of it. */
function change(doc: Y.Doc, { at, deleted, inserted }: Edit): Uint8Array[] {
  const updates: Uint8Array[] = []
  const collect = (update: Uint8Array): void => void updates.push(update)
  const text = doc.getText('text')
  const index = Math.floor(at * text.length)
  doc.on('update', collect)
  if (inserted !== '') text.insert(index, inserted)
  text.delete(index, Math.min(deleted, text.length - index))
  doc.off('update', collect)
  return updates
}

function take(document: TextDocument, update: Uint8Array): TextDocument {
  expect(judgeUpdate(document, update)).toBe('new')
  return withUpdate(document, update, (document.at ?? 0) + 1)
}

/** A text that was changed at as many places as the limits allow. */
function brokenText(): { document: TextDocument; writer: Y.Doc } {
  const writer = new Y.Doc()
  let document = EMPTY_DOCUMENT
  for (const update of change(writer, { at: 0, deleted: 0, inserted: 'x'.repeat(4_000) }))
    document = take(document, update)
  let verdict = ''
  for (let step = 1; verdict !== 'too-many-changes'; step += 1) {
    const updates = Array.from({ length: 20 }, (_, index) => {
      const at = ((step * 7_919 + index * 104_729) % 100_003) / 100_003
      return change(writer, { at, deleted: index % 2, inserted: index % 2 === 0 ? 'y' : '' })
    })
    const update = Y.mergeUpdates(updates.flat())
    verdict = judgeUpdate(document, update)
    if (verdict === 'new') document = withUpdate(document, update, step)
  }
  return { document, writer }
}

test('whatever several tabs write is accepted, in batches or one by one, and recognized when sent again', () => {
  const step = fc.record({
    tab: fc.nat(2),
    edits: fc.array(edit, { minLength: 1, maxLength: 6 }),
    syncs: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const tabs = [new Y.Doc(), new Y.Doc(), new Y.Doc()]
      const waiting: Uint8Array[][] = [[], [], []]
      let document = EMPTY_DOCUMENT
      const send = (tab: number): void => {
        const updates = waiting[tab]?.splice(0) ?? []
        if (updates.length === 0) return
        const update = Y.mergeUpdates(updates)
        // Where two tabs delete the same letter, the second of them says nothing new; the texts below tell whether that was so.
        const verdict = judgeUpdate(document, update)
        expect(['new', 'known']).toContain(verdict)
        if (verdict === 'new') document = take(document, update)
        expect(judgeUpdate(document, update)).toBe('known')
        Y.applyUpdate(tabs[tab] ?? new Y.Doc(), updateOf(document))
      }
      for (const { tab, edits, syncs } of steps) {
        for (const one of edits) waiting[tab]?.push(...change(tabs[tab] ?? new Y.Doc(), one))
        if (syncs) send(tab)
      }
      for (const tab of [0, 1, 2]) send(tab)
      for (const tab of tabs) {
        Y.applyUpdate(tab, updateOf(document))
        expect(tab.getText('text').toString()).toBe(textOf(document))
        expect(judgeUpdate(document, Y.encodeStateAsUpdate(tab))).toBe('known')
      }
    }),
    { numRuns: 60 },
  )
})

test('no bytes crash the check or the text, and everything accepted is plain text', () => {
  const spoil = fc.record({
    at: fc.nat(),
    byte: fc.nat(255),
    how: fc.constantFrom('set', 'insert', 'cut', 'none'),
  })
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 12 }), fc.array(spoil, { maxLength: 3 }), (edits, spoils) => {
      const writer = new Y.Doc()
      const updates = edits.flatMap((one) => change(writer, one))
      const half = updates.splice(0, Math.floor(updates.length / 2))
      let document = EMPTY_DOCUMENT
      if (half.length > 0) document = take(document, Y.mergeUpdates(half))
      const bytes = [...(updates.length > 0 ? Y.mergeUpdates(updates) : Y.encodeStateAsUpdate(writer))]
      for (const { at, byte, how } of spoils) {
        const index = at % Math.max(1, bytes.length)
        if (how === 'set') bytes[index] = byte
        if (how === 'insert') bytes.splice(index, 0, byte)
        if (how === 'cut') bytes.splice(index)
      }
      const update = Uint8Array.from(bytes)
      if (judgeUpdate(document, update) !== 'new') return
      const after = withUpdate(document, update, 1)
      const doc = new Y.Doc()
      Y.applyUpdate(doc, updateOf(after))
      expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null])
      expect([...doc.share.keys()].filter((name) => name !== 'text')).toEqual([])
      const delta = doc.getText('text').toDelta() as { insert?: unknown; attributes?: unknown }[]
      expect(
        delta.every(({ insert, attributes }) => typeof insert === 'string' && attributes === undefined),
      ).toBe(true)
      expect(textOf(after).length).toBe(doc.getText('text').length)
      expect(judgeUpdate(after, update)).toBe('known')
    }),
    { numRuns: 1_000 },
  )
})

test.each([
  ['33 million pieces', 'Af///w8BAAAB'],
  ['as many clients', '////DwEBAAAB'],
  ['as many deleted ranges', 'AAEB////Dw=='],
  ['as many clients that delete', 'AP///w8B'],
  ['a text as long', 'AQEBAAQBBHRleHT///8PeA=='],
  ['a number without an end', '/////////////////////w=='],
  ['a number beyond all', 'AQH//////////38AAAEA'],
])('counts larger than the update are refused before memory is allocated: %s', (_name, base64) => {
  const update = Uint8Array.from(Buffer.from(base64, 'base64'))
  expect(readUpdate(update)).toBeNull()
  expect(judgeUpdate(EMPTY_DOCUMENT, update)).toBe('malformed')
})

test('a client, a range or a neighbour that no browser would write is refused', () => {
  const [client, other] = [1, 2]
  const text = [4, 116, 101, 120, 116]
  const piece = [4, 1, ...text, 1, 120]
  const cases: [string, number[]][] = [
    ['a client twice', [2, 1, client, 0, ...piece, 1, client, 1, ...piece, 0]],
    ['ranges that overlap', [1, 1, client, 0, ...piece, 1, client, 2, 0, 1, 0, 1]],
    ['an empty range', [1, 1, client, 0, ...piece, 1, client, 1, 0, 0]],
    ['an empty text', [1, 1, client, 0, 4, 1, ...text, 0, 0]],
    ['a neighbour that comes later', [1, 1, client, 0, 0x84, client, 5, 1, 120, 0]],
    ['bytes after the end', [1, 1, client, 0, ...piece, 0, 7]],
  ]
  expect(cases.map(([name, bytes]) => [name, judgeUpdate(EMPTY_DOCUMENT, Uint8Array.from(bytes))])).toEqual(
    cases.map(([name]) => [name, 'malformed']),
  )
  const early: [string, number[]][] = [
    ['after a piece that is missing', [1, 1, client, 9, ...piece, 0]],
    ['next to a missing piece of another client', [1, 1, client, 0, 0x84, other, 5, 1, 120, 0]],
    ['deletes what is missing', [1, 1, client, 0, ...piece, 1, other, 1, 0, 1]],
    ['deletes more than there is', [1, 1, client, 0, ...piece, 1, client, 1, 0, 9]],
  ]
  expect(early.map(([name, bytes]) => [name, judgeUpdate(EMPTY_DOCUMENT, Uint8Array.from(bytes))])).toEqual(
    early.map(([name]) => [name, 'too-early']),
  )
})

test('a text of the maximum length can be replaced completely', () => {
  const writer = new Y.Doc()
  const all = 'x'.repeat(LIMITS.characters)
  let document = EMPTY_DOCUMENT
  for (const update of change(writer, { at: 0, deleted: 0, inserted: all })) document = take(document, update)
  const [inserted = new Uint8Array(), deleted = new Uint8Array()] = [
    ...change(writer, { at: 0, deleted: 0, inserted: 'y'.repeat(10_000) }),
    ...change(writer, { at: 0.5, deleted: 10_000, inserted: '' }),
  ]
  expect(judgeUpdate(document, inserted)).toBe('too-long')
  document = take(document, Y.mergeUpdates([inserted, deleted]))
  expect(textOf(document)).toHaveLength(LIMITS.characters)
})

test('the number of pieces of a text is limited, and a change to it costs at most a constant factor more than to a new one', () => {
  const { document, writer } = brokenText()
  const text = textOf(document)
  expect(judgeUpdate(document, updateOf(document))).toBe('known')
  const edits = (doc: Y.Doc) =>
    Array.from({ length: 300 }, () => change(doc, { at: 1, deleted: 0, inserted: 'z' })).flat()
  /** Milliseconds of the processor for each change, in the best of some runs. */
  const cost = (start: TextDocument, updates: Uint8Array[]): number => {
    const runs = Array.from({ length: 5 }, () => {
      let now = withUpdate(start, updates[0] ?? new Uint8Array(), 1)
      textOf(now)
      const before = process.cpuUsage()
      for (const update of updates.slice(1)) {
        expect(judgeUpdate(now, update)).not.toBe('malformed')
        now = withUpdate(now, update, 1)
      }
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1_000 / updates.length
    })
    return Math.min(...runs)
  }
  // The writer goes on from what the text has.
  const reader = new Y.Doc()
  Y.applyUpdate(reader, updateOf(document))
  const fresh = cost(EMPTY_DOCUMENT, edits(new Y.Doc()))
  expect(cost(document, edits(reader)) / fresh).toBeLessThan(20)
  expect(textOf(document)).toBe(text)
  expect(writer.getText('text').length).toBeGreaterThan(0)
})

test('a piece that competes with hundreds for one position is refused before Yjs compares it with all of them', () => {
  let document = EMPTY_DOCUMENT
  // Each was written to an empty text, and belongs to its beginning.
  const next = (): Uint8Array =>
    change(new Y.Doc(), { at: 0, deleted: 0, inserted: 'a' })[0] ?? new Uint8Array()
  for (let index = 0; index <= 200; index += 1) document = take(document, next())
  expect(judgeUpdate(document, next())).toBe('too-many-changes')
  // Beside one of them there is room.
  const reader = new Y.Doc()
  Y.applyUpdate(reader, updateOf(document))
  for (const update of change(reader, { at: 0.5, deleted: 0, inserted: 'b' })) take(document, update)
})
