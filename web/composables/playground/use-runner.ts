import { onScopeDispose, shallowRef } from 'vue'
import type { Draft } from './draft.ts'
import type { Exchange, LessonSteps } from './exchange.ts'
import type { Run, Single } from './run.ts'
import type * as runs from './run.ts'

type Runs = typeof runs

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

  function finished(exchange: Exchange, summary: string): void {
    says.value = summary
    heard(exchange)
  }

  function stop(): void {
    stopper?.abort()
    dispatchEvent(new Event('viva:stop-waiting'))
  }
  onScopeDispose(stop)

  return {
    busy,
    says,
    failure,
    stop,
    runStep: (lesson: LessonSteps, stepId: string, draft: Draft) =>
      start((runs, run) => runs.runStep(lesson, stepId, draft, run)),
    runAll: (lesson: LessonSteps) => start((runs, run) => runs.runAll(lesson, run)),
    sendSingle: (single: Single) => start((runs, run) => runs.sendSingle(single, run)),
    reset: () =>
      start(async (runs) => {
        await runs.resetAll()
        says.value = 'The sandbox is as new: Ada, Grace and Alan, and nobody else.'
      }),
  }
}

function wordsFor(error: unknown): string {
  if (error instanceof DOMException && error.name === 'AbortError') return 'Stopped.'
  if (error instanceof TypeError) return 'A part of the page did not load. Is the server running? Try again.'
  return error instanceof Error ? error.message : String(error)
}
