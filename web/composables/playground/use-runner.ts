import { onScopeDispose, shallowRef } from 'vue'
import { ApiFailure } from '../../api/call.ts'
import { meaningOf } from './status-meaning.ts'
import type { Draft } from './draft.ts'
import type { Exchange, LessonSteps } from './exchange.ts'
import type { Run } from './run.ts'

type Runs = typeof import('./run.ts')

/**
 * Runs steps and drafts one at a time and says what is going on. The code that sends comes with the first run.
 * @param heard told of each finished exchange
 */
export function useRunner(heard: (exchange: Exchange) => void) {
  const busy = shallowRef(false)
  /** What is going on or has gone wrong, for eyes and ears. */
  const says = shallowRef('')
  const failure = shallowRef('')
  let stopper: AbortController | null = null

  async function start(job: (runs: Runs, run: Run) => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    failure.value = ''
    stopper = new AbortController()
    try {
      await job(await import('./run.ts'), { signal: stopper.signal, began, finished })
    } catch (error) {
      says.value = failure.value = wordsFor(error)
    } finally {
      busy.value = false
    }
  }

  const began: Run['began'] = ({ step, place, total, resets }) => {
    const where = total > 1 ? `Step ${place} of ${total}: ` : ''
    says.value = `${where}${resets ? 'sandbox reset, then ' : ''}${step.title}`
  }

  function finished(exchange: Exchange): void {
    says.value = summaryOf(exchange)
    heard(exchange)
  }

  const stop = (): void => stopper?.abort()
  onScopeDispose(stop)

  return {
    busy,
    says,
    failure,
    stop,
    runStep: (lesson: LessonSteps, stepId: string, draft: Draft) =>
      start((runs, run) => runs.runStep(lesson, stepId, draft, run)),
    runAll: (lesson: LessonSteps) => start((runs, run) => runs.runAll(lesson, run)),
    sendDraft: (draft: Draft) => start((runs, run) => runs.sendDraft(draft, run)),
    reset: () =>
      start(async (runs) => {
        await runs.resetAll()
        says.value = 'The sandbox is as new: Ada, Grace and Alan, and nobody else.'
      }),
  }
}

/** An exchange in one line: `201 Created, 3 of 3 claims hold`. */
export function summaryOf({ outcome, claims, edited }: Exchange): string {
  if (outcome.kind === 'failure') return outcome.message
  const came =
    outcome.kind === 'burst'
      ? `${outcome.report.n} answers, ${outcome.report.peak} at once`
      : `${outcome.answer.status} ${meaningOf(outcome.answer.status).name}`
  if (edited) return `${came}. The request was edited, so the step’s claims were not checked.`
  if (claims.length === 0) return came
  const held = claims.filter((claim) => claim.held).length
  return `${came}, ${held} of ${claims.length} claims hold`
}

function wordsFor(error: unknown): string {
  if (error instanceof DOMException && error.name === 'AbortError') return 'Stopped.'
  if (error instanceof ApiFailure) return error.message
  return `That did not work: ${error instanceof Error ? error.message : String(error)}`
}
