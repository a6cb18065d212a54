import { useEventListener } from '@vueuse/core'
import { computed, ref, type WritableComputedRef } from 'vue'
import { z } from 'zod'
import type { HostView } from '#contract/interview/host-view.ts'
import type { Report, ReportMark } from '#contract/interview/report.ts'
import { readStored, writeStored } from '../../stores/stored.ts'

const HIDDEN = 'viva:hidden-names'
const Interviews = z.array(z.string())
/** Interviews whose names stay hidden, the latest last. */
const MAX_KEPT = 200

/**
 * Whether candidates' names are hidden in an interview. It is kept in this browser for all pages of the interview and known before the
 * first of them loads anything, so that no name is ever asked for.
 */
export function useHiddenNames(interview: string): WritableComputedRef<boolean> {
  const kept = ref(read())
  useEventListener('storage', ({ key }) => {
    if (key === HIDDEN || key === null) kept.value = read()
  })
  return computed({
    get: () => kept.value.includes(interview),
    set: (hidden) => {
      const others = read().filter((id) => id !== interview)
      kept.value = hidden ? [...others, interview].slice(-MAX_KEPT) : others
      writeStored(HIDDEN, kept.value)
    },
  })
}

/** Whether an interviewer has scored all of a room that can be scored, so that the name can no longer sway them. */
export function isScored({
  card,
  phase,
  questions,
}: Pick<HostView, 'card' | 'phase' | 'questions'>): boolean {
  if (card.handedIn !== null) return true
  const asked = questions.filter(({ askedAt }) => askedAt !== null)
  return (
    phase === 'ended' &&
    asked.every(({ key }) => card.scores[key] !== undefined || card.notAssessed.includes(key))
  )
}

/** The same of a report, for the interviewer whose report it is. */
export function isReportScored({ you, interviewers, endedAt, questions }: Report): boolean {
  if ((interviewers.find(({ id }) => id === you.id)?.handedIn ?? null) !== null) return true
  const isMine = ({ interviewer, score, notAssessed }: ReportMark): boolean =>
    interviewer === you.id && (score !== null || notAssessed)
  const scored = questions.filter(({ asked }) => asked).every(({ marks }) => marks.some(isMine))
  return endedAt !== null && scored
}

function read(): string[] {
  return Interviews.safeParse(readStored(HIDDEN)).data ?? []
}
