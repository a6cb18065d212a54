import { expect, test } from 'vitest'
import type { StudyQuestion } from '#contract/page.ts'
import { lastAttempts } from '../attempts.ts'
import { scheduleOf } from '../review/schedule.ts'
import { attemptAt, eventAt } from '../testing/generated-log.ts'
import { firstSentence, sheetOf, type SheetEntry } from './sheet.ts'

const NOON = Date.parse('2026-11-29T12:00:00Z')
const DAY_MS = 86_400_000

const question = (slug: string): StudyQuestion => ({
  ...{ slug, name: slug, number: 1, title: slug, question: `What is ${slug}?`, level: 'starter', topics: [] },
  ...{ say: '<p>It is <code>this</code>. And more.</p>', rubric: ['0', '1', '2', '3', '4'], followUps: [] },
  keyPoints: ['first', 'second'].map((text) => `${text} of ${slug}`),
  commonMistakes: [{ mistake: `Wrong in ${slug}`, explanation: '' }],
})

function sheet(...log: Parameters<typeof scheduleOf>[0]): SheetEntry[] {
  return sheetOf(['01-one', '02-two'].map(question), lastAttempts(log), scheduleOf(log, NOON))
}

/** What is marked, as text. */
function weak(entries: SheetEntry[]): string[] {
  return entries.flatMap(({ slug, isWeak, points, mistakes }) => [
    ...(isWeak ? [slug] : []),
    ...[...points, ...mistakes].flatMap((line) => (line.isWeak ? [line.text] : [])),
  ])
}

test('without any data nothing is marked', () => {
  expect(weak(sheet())).toEqual([])
})

test('marked is what was missed, what was graded again, and what would be forgotten by now', () => {
  const missed = attemptAt(NOON, '01-one', 2, { named: ['first of 01-one'], missed: ['second of 01-one'] })
  expect(weak(sheet(missed))).toEqual(['01-one', 'second of 01-one'])
  const better = attemptAt(NOON, '01-one', 3, { named: ['first of 01-one', 'second of 01-one'] })
  expect(weak(sheet(missed, { ...better, time: NOON + 1 }))).toEqual([])
  const again = eventAt(NOON, { kind: 'review', card: 'mistake:02-two:Wrong in 02-two', grade: 1 })
  expect(weak(sheet(again))).toEqual(['Wrong in 02-two'])
  const old = eventAt(NOON - 90 * DAY_MS, { kind: 'review', card: 'point:02-two:first of 02-two', grade: 3 })
  expect(weak(sheet(old))).toEqual(['first of 02-two'])
})

test.each([
  [
    '<p>FastAPI 0.95 is a framework, e.g. for APIs. It is more.</p>',
    'FastAPI 0.95 is a framework, e.g. for APIs.',
  ],
  ['<p>Is it <em>so</em>? Yes.</p><p>More.</p>', 'Is it so?'],
  ['<p>No full stop &lt;here&gt;</p>', 'No full stop <here>'],
  ['', ''],
])('the first sentence of %s', (html, sentence) => {
  expect(firstSentence(html)).toBe(sentence)
})
