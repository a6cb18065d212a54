import { formatCode, type JoinCode } from '#contract/interview/code.ts'
import type { JoinInfo } from '#contract/interview/interview.ts'
import { dayOf } from '../time/time.ts'
import { counted, listed } from '../texts/wording.ts'
import { zonedTime } from '../time/zoned-time.ts'
import { calendarFile } from './calendar.ts'

/** What an invitation is made of: only what the candidate may know, so neither the set’s title nor the label. */
export interface Invitation {
  info: JoinInfo
  code: JoinCode
  joinLink: string
  /** When a live interview takes place, in milliseconds since the Unix epoch; null while it isn’t known. */
  startsAt: number | null
}

/** The invitation as plain text, for a message to the candidate. */
export function invitationText({ info, code, joinLink, startsAt }: Invitation): string {
  const { deadline, recorded, keptUntil, playground } = info
  const trying = playground
    ? 'the connection, the text field and the playground'
    : 'the connection and the text field'
  return [
    `You are invited to an interview with ${listed(info.interviewers)}.`,
    [
      ...(startsAt === null ? [] : [`When: ${zonedTime(startsAt)}`]),
      ...(deadline === null
        ? []
        : [`Start by: ${zonedTime(deadline.startBy)}`, `Everything closes at: ${zonedTime(deadline.endBy)}`]),
      `Join here: ${joinLink}`,
      `Code: ${formatCode(code)}`,
    ].join('\n'),
    `${counted(info.questions, 'question')}, about ${counted(info.minutes, 'minute')} in total. ${format(info)}`,
    `It runs in a browser, without an account. A phone works, a laptop is more comfortable. Before the first question you can try out ${trying}; none of that is kept. If you close the page, the same link leads you back in.`,
    ['What is recorded:', ...recorded.map((sentence) => `- ${sentence}`)].join('\n'),
    `All of it is deleted by ${dayOf(keptUntil)} at the latest.`,
  ].join('\n\n')
}

function format({ mode, playground }: JoinInfo): string {
  if (mode === 'own-time') {
    return 'You go through them on your own time: each question has its own clock, which starts when you open it, and no clock runs in between.'
  }
  return `Your interviewer asks, and you write your answers${playground ? ' and try things out in a real API' : ''}.`
}

/**
 * The same as a file for a calendar.
 * @param room its id; the file made again replaces the event
 * @returns null for a live interview without a time
 */
export function invitationFile(
  invitation: Invitation,
  { room, addedAt, now }: { room: string; addedAt: number; now: number },
): string | null {
  const { info, joinLink, startsAt } = invitation
  const people = listed(info.interviewers)
  const common = {
    ...{ id: room, createdAt: now, description: invitationText(invitation), url: joinLink },
    sequence: Math.max(0, Math.floor((now - addedAt) / 1000)),
  }
  if (info.deadline !== null) {
    const { startBy, endBy } = info.deadline
    const summary = `Latest start: interview with ${people}`
    // A deadline, not an appointment: the day before is early enough to find an hour for it.
    return calendarFile({
      ...common,
      ...{ summary, startsAt: startBy, endsAt: endBy, busy: false, reminderMinutes: 24 * 60 },
    })
  }
  if (startsAt === null) return null
  const endsAt = startsAt + info.minutes * 60_000
  return calendarFile({
    ...common,
    ...{ summary: `Interview with ${people}`, startsAt, endsAt, busy: true, reminderMinutes: 15 },
  })
}
