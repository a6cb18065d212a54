// @vitest-environment node
import { expect, test } from 'vitest'
import type { JoinInfo } from '#contract/interview/interview.ts'
import { zonedTime } from '../time/zoned-time.ts'
import { invitationFile, invitationText } from './invitation.ts'

const HOUR_MS = 3_600_000
const now = Date.UTC(2026, 10, 29, 9)
const live: JoinInfo = {
  ...{ mode: 'live', interviewers: ['Zoë', 'Jürgen, Dr.'], questions: 5, minutes: 45, playground: true },
  ...{ deadline: null, recorded: ['Your name.', 'What you write.'], keptUntil: now + 90 * 24 * HOUR_MS },
  taken: false,
}
const common = { code: 'CFH234', joinLink: 'https://viva.example/join/CFH234' }
const room = { room: '11111111-1111-4111-8111-111111111111', addedAt: now - 5_000, now }
const unfolded = (file: string | null): string => (file ?? '').replaceAll('\r\n ', '')

test('an invitation says how to join, when, how long, and what is recorded', () => {
  const startsAt = now + 24 * HOUR_MS
  const text = invitationText({ ...common, info: live, startsAt })
  for (const part of [
    'with Zoë and Jürgen, Dr.',
    `When: ${zonedTime(startsAt)}`,
    'https://viva.example/join/CFH234',
    'Code: CFH 234',
    '5 questions, about 45 minutes',
    '- Your name.\n- What you write.',
    'A phone works, a laptop is more comfortable',
  ]) {
    expect(text).toContain(part)
  }
  expect(invitationText({ ...common, info: { ...live, playground: false }, startsAt: null })).not.toMatch(
    /When|playground|API/,
  )
})

test('a live interview has a calendar file once it has a time, as long as its questions', () => {
  expect(invitationFile({ ...common, info: live, startsAt: null }, room)).toBeNull()
  const file = unfolded(invitationFile({ ...common, info: live, startsAt: now + HOUR_MS }, room))
  expect(file).toContain('DTSTART:20261129T100000Z\r\nDTEND:20261129T104500Z\r\n')
  expect(file).toContain('SUMMARY:Interview with Zoë and Jürgen\\, Dr.\r\n')
  expect(file).toContain('SEQUENCE:5\r\n')
})

test('one on the candidate’s own time has its two times, and doesn’t block the calendar', () => {
  const deadline = { startBy: now + 48 * HOUR_MS, endBy: now + 50 * HOUR_MS }
  const own = { ...common, info: { ...live, mode: 'own-time' as const, deadline }, startsAt: null }
  const file = unfolded(invitationFile(own, room))
  expect(file).toContain('DTSTART:20261201T090000Z\r\nDTEND:20261201T110000Z\r\n')
  expect(file).toContain('TRANSP:TRANSPARENT')
  expect(invitationText(own)).toContain(`Start by: ${zonedTime(deadline.startBy)}`)
  expect(invitationText(own)).toContain(`Everything closes at: ${zonedTime(deadline.endBy)}`)
})

test('a time names its zone, with the offset that holds on that day', () => {
  expect(zonedTime(now, 'Asia/Kolkata')).toMatch(/November.*2026.*2:30.*\(GMT\+5:30, Asia\/Kolkata\)$/)
  expect(zonedTime(now, 'Europe/Berlin')).toContain('(GMT+1, Europe/Berlin)')
  expect(zonedTime(Date.UTC(2026, 6, 1, 9), 'Europe/Berlin')).toContain('(GMT+2, Europe/Berlin)')
})
