// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyLog, attemptAt } from '../testing/generated-log.ts'
import { logOf, type StudyEvent } from './event.ts'
import { readStudyFile, writeStudyFile } from './study-file.ts'

const NOW = 1_800_000_000_000

function read(text: string): StudyEvent[] {
  const file = readStudyFile(text)
  return 'events' in file ? file.events : []
}

function faultIn(text: string): string {
  const file = readStudyFile(text)
  return 'fault' in file ? file.fault : ''
}

test('a file holds every event as it was written', () => {
  fc.assert(
    fc.property(anyLog, (events) => {
      expect(read(writeStudyFile(events, NOW))).toEqual(events)
    }),
  )
})

test('files merged twice, in any order, in any parts, give one log', () => {
  fc.assert(
    fc.property(anyLog, fc.infiniteStream(fc.nat()), (events, random) => {
      const shuffled = [...events, ...events]
        .map((event) => ({ event, place: random.next().value as number }))
        .sort((a, b) => a.place - b.place)
        .map(({ event }) => event)
      expect(logOf(shuffled)).toEqual(logOf(events))
      const half = Math.floor(events.length / 2)
      const merged = [logOf, (part: StudyEvent[]) => part].map((first) =>
        logOf([...first(events.slice(half)), ...events.slice(0, half), ...events.slice(half)]),
      )
      expect(merged[0]).toEqual(merged[1])
    }),
  )
})

test('what was removed stays removed, whichever file is read last', () => {
  const attempt = attemptAt(NOW, '01-one', 2)
  const removed: StudyEvent = { ...attempt, id: 'removed-1', kind: 'removed', event: attempt.id }
  expect(logOf([removed, attempt])).toEqual([removed])
  expect(logOf([attempt, removed])).toEqual([removed])
})

test('a removal can’t be removed: in every order of reading, what it removed stays gone', () => {
  const attempt = attemptAt(NOW, '01-one', 2)
  const removed: StudyEvent = { ...attempt, id: 'removed-1', kind: 'removed', event: attempt.id }
  const again: StudyEvent = { ...attempt, id: 'removed-2', kind: 'removed', event: removed.id }
  expect(logOf([attempt, removed, again])).toEqual([removed, again])
  expect(logOf([...logOf([removed, again]), attempt])).toEqual([removed, again])
})

const attempt = attemptAt(NOW, '01-one', 2)
const file = (events: unknown, head: object = {}): string =>
  JSON.stringify({ format: 'viva-study', version: 1, events, ...head })

const mock = (more: object): object => ({
  ...{ id: 'mock-12345678', version: 1, time: NOW, day: '2027-01-15', kind: 'mock' },
  ...{ slugs: ['01-one'], minutes: 20, followUps: true, ...more },
})

test.each([
  ['an empty file', '', 'it doesn’t hold JSON'],
  ['half a file', writeStudyFile([attempt], NOW).slice(0, 90), 'it doesn’t hold JSON'],
  ['another program’s file', '{"notes": []}', 'choose one that you exported from Viva'],
  ['a list', '[]', 'choose one that you exported from Viva'],
  ['a newer version', file([], { version: 4 }), 'version 4; this one reads 3'],
  ['no version', file([], { version: undefined }), 'its version is missing'],
  ['no events', file('none'), 'its list of events is missing'],
  [
    'an event of an unknown kind',
    file([attempt, { ...attempt, kind: 'dance' }]),
    'event 2, “kind” is "dance"',
  ],
  ['a kind that every object has', file([{ ...attempt, kind: 'toString' }]), 'doesn’t know'],
  [
    'a level out of range',
    file([{ ...attempt, level: 5 }]),
    '“level” is 5; it must be a whole number from 0 to 4',
  ],
  ['a time that is none', file([{ ...attempt, time: 1e99 }]), '“time” is 1e+99'],
  ['a day that is none', file([{ ...attempt, day: '2026-13-01' }]), '“day” is "2026-13-01"'],
  [
    'a missing field',
    file([{ ...attempt, named: undefined }]),
    '“named” is missing; it must be a list of texts',
  ],
  ['tasks that are no list', file([mock({ tasks: 'two' })]), '“tasks” is "two"; it must be a list of texts'],
  ['a newer event', file([{ ...attempt, version: 4 }]), '“version” is 4'],
  ['nothing', file([null]), 'event 1, it is not an object'],
])('%s is refused with the reason', (_name, text, reason) => {
  expect(faultIn(text)).toContain(reason)
})

test('a mock interview of a version without tasks is read like one of today', () => {
  expect(faultIn(file([mock({}), mock({ tasks: ['01-one/a-task'] })]))).toBe('')
})

test('a prediction of a version that named no misconceptions is read like one of today', () => {
  const prediction = {
    ...{ id: 'prediction-1', version: 1, time: NOW, day: '2027-01-15', kind: 'prediction' },
    ...{ slug: '01-one', step: 'log-in', ask: 'status', chosen: '401', actual: '422' },
  }
  const named = { ...prediction, misconceptions: ['login-is-json'] }
  expect(read(file([prediction, named]))).toEqual([prediction, named])
  expect(faultIn(file([{ ...prediction, misconceptions: 'login-is-json' }]))).toContain('a list of texts')
})

test('no file at all makes the reader throw', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(readStudyFile(json)).toHaveProperty('fault')
      expect(readStudyFile(`{"format":"viva-study","version":1,"events":[${json}]}`)).toHaveProperty('fault')
    }),
  )
})
