import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { shallowRef } from 'vue'
import { useProgressStore } from '../../stores/progress.ts'
import { eventAt } from '../testing/generated-log.ts'
import { byTime, type Fact, type StudyEvent } from './event.ts'
import { forgetMarks, keepMarks, mayLackMarks } from './keep-marks.ts'

let time = 1_795_900_000_000

/** A browser’s log that is kept where `stored` is, as a page that was just opened has it. */
function openPage(stored: { events: readonly StudyEvent[]; isKept?: boolean }) {
  setActivePinia(createPinia())
  const progress = useProgressStore()
  progress.open()
  const known = shallowRef(stored.events)
  const record = (...facts: Fact[]): void => {
    known.value = stored.events = byTime([
      ...stored.events,
      ...facts.map((fact) => eventAt((time += 1), fact)),
    ])
  }
  keepMarks({
    known: () => known.value,
    isKept: () => stored.isKept !== false,
    reload: async () => void (known.value = stored.events),
    add: async (facts) => record(...facts),
  })
  return { progress, record }
}

const kindsOf = ({ events }: { events: readonly StudyEvent[] }): string[] => events.map(({ kind }) => kind)

/** As a version stored it that kept no marks in the log. */
function storeOldProgress(): void {
  const held = { '01-one': ['a', 'b'], '02-two': [] }
  const old = { version: 1, held, named: { '01-one': ['A point'] }, last: { slug: '02-two', step: 3 } }
  localStorage.setItem('viva:progress', JSON.stringify(old))
}

beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('navigator', {})
})

test('what an earlier version kept is taken over once, and the lessons still show it', async () => {
  storeOldProgress()
  const stored = { events: [] as readonly StudyEvent[] }
  expect(mayLackMarks()).toBe(true)
  openPage(stored)
  await expect.poll(() => kindsOf(stored)).toEqual(['read', 'read', 'proved', 'ticked'])
  await expect.poll(mayLackMarks).toBe(false)
  const { progress } = openPage(stored)
  progress.claimHeld('01-one', 'c')
  await expect.poll(() => kindsOf(stored)).toEqual(['read', 'read', 'proved', 'ticked', 'proved'])
  expect(progress.progress).toMatchObject({
    held: { '01-one': ['a', 'b', 'c'], '02-two': [] },
    named: { '01-one': ['A point'] },
    last: { slug: '02-two', step: 3 },
  })
})

test('what arrives in the log is shown by the lessons, and what was taken back there is gone', async () => {
  const stored = { events: [] as readonly StudyEvent[] }
  const { progress, record } = openPage(stored)
  record(
    { kind: 'read', slug: '01-one' },
    { kind: 'ticked', slug: '01-one', point: 'A point', isTicked: true },
  )
  await expect.poll(() => progress.namedPoints('01-one')).toEqual(['A point'])
  expect(progress.progress.held).toEqual({ '01-one': [] })
  progress.namePoint('01-one', 'Another', true)
  await expect.poll(() => stored.events.length).toBe(3)
  record({ kind: 'ticked', slug: '01-one', point: 'A point', isTicked: false })
  await expect.poll(() => progress.namedPoints('01-one')).toEqual(['Another'])
  await expect.poll(mayLackMarks).toBe(false)
  expect(stored.events).toHaveLength(4)
})

test('cleared progress is cleared in the log, too; progress that the browser lost is not', async () => {
  storeOldProgress()
  const stored = { events: [] as readonly StudyEvent[] }
  openPage(stored)
  await expect.poll(mayLackMarks).toBe(false)
  localStorage.removeItem('viva:progress')
  const { progress } = openPage(stored)
  await expect.poll(() => progress.heldClaims('01-one')).toEqual(['a', 'b'])
  expect(kindsOf(stored)).not.toContain('cleared')
  progress.forget()
  progress.visit('03-three', 1)
  await expect.poll(() => kindsOf(stored).slice(4)).toEqual(['cleared', 'read'])
  await expect.poll(mayLackMarks).toBe(false)
  expect(progress.progress.held).toEqual({ '03-three': [] })
})

test('a log that the browser lost, or never kept, gets all marks again', async () => {
  storeOldProgress()
  openPage({ events: [], isKept: false })
  await expect.poll(() => useProgressStore().heldClaims('01-one')).toEqual(['a', 'b'])
  for (let page = 0; page < 2; page += 1) {
    const stored = { events: [] as readonly StudyEvent[] }
    const { progress } = openPage(stored)
    await expect.poll(() => kindsOf(stored)).toEqual(['read', 'read', 'proved', 'ticked'])
    expect(progress.namedPoints('01-one')).toEqual(['A point'])
  }
})

test('deleted study data leaves no marks behind', async () => {
  storeOldProgress()
  const stored = { events: [] as readonly StudyEvent[] }
  openPage(stored)
  await expect.poll(mayLackMarks).toBe(false)
  await forgetMarks(async () => void (stored.events = []))
  const { progress } = openPage(stored)
  expect(mayLackMarks()).toBe(false)
  expect(progress.progress).toEqual({ version: 1, held: {}, named: {}, last: null })
  progress.visit('01-one', 1)
  await expect.poll(() => kindsOf(stored)).toEqual(['read'])
})
