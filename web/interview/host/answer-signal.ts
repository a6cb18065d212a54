import type { HostView } from '#contract/interview/host-view.ts'
import type { HostOrder } from './use-host-room.ts'

/**
 * What says yes to the candidate's signal: a minute more, or the next question.
 * @param next key of the question that comes next; null after the last one
 * @returns null when there is nothing to say yes to, or when another interviewer leads
 */
export function answerToSignal(view: HostView, next: string | null): HostOrder | null {
  const { signal, leader, you, coming } = view
  if (signal === null || (leader !== null && leader !== you.id)) return null
  if (signal.kind === 'more-time') return { type: 'add-time', milliseconds: 60_000 }
  return next === null || coming !== null ? null : { type: 'announce', question: next }
}

/** What the candidate signals, as a sentence. */
export function signalWords({ signal, candidate, label }: HostView): string {
  const name = candidate?.name ?? label
  return signal?.kind === 'done'
    ? `${name} is done with this question.`
    : `${name} would like one more minute.`
}
