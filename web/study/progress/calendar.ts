import { addDays, type Day } from '../day.ts'
import type { StudyEvent } from '../log/event.ts'

/** A day of the calendar. */
export interface CalendarDay {
  day: Day
  /** How many questions, cards, quizzes, tasks and predictions were answered. */
  answers: number
}

const ANSWERS: readonly StudyEvent['kind'][] = ['attempt', 'review', 'prediction', 'quiz', 'task']

/** The last weeks up to today, each from Monday to Sunday; the current one ends today. */
export function calendarOf(log: readonly StudyEvent[], today: Day, weeks = 12): CalendarDay[][] {
  const answers = new Map<Day, number>()
  for (const { kind, day } of log) {
    if (ANSWERS.includes(kind)) answers.set(day, (answers.get(day) ?? 0) + 1)
  }
  // Sunday is 0; the week starts on Monday.
  const weekday = (new Date(today).getUTCDay() + 6) % 7
  const monday = addDays(today, -weekday)
  return Array.from({ length: weeks }, (_, index) => {
    const first = addDays(monday, 7 * (index + 1 - weeks))
    const days = Array.from({ length: 7 }, (_, ahead) => addDays(first, ahead))
    return days.filter((day) => day <= today).map((day) => ({ day, answers: answers.get(day) ?? 0 }))
  })
}
