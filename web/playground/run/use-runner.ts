import { onScopeDispose, shallowRef } from 'vue'
import { preload } from '../preload.ts'
import type { RequestDraft } from '../request/draft.ts'
import type { Exchange, LessonSteps } from './exchange.ts'
import type { Run, SingleRequest } from './run.ts'
import type * as runs from './run.ts'

type Runs = typeof runs

/**
 * Runs steps and drafts one at a time and reports what is going on. The code that sends comes with the first run.
 * @param onFinished called with each finished exchange
 */
export function useRunner(onFinished: (exchange: Exchange) => void) {
  const busy = shallowRef(false)
  /** What is running, or the result of what ran. */
  const message = shallowRef('')
  /** The same for screen readers: of many steps in a row only failures and the total, so that nothing is cut short. */
  const announcement = shallowRef('')
  let tally: Map<string, Exchange> | null = null
  const failure = shallowRef('')
  let stopper: AbortController | null = null

  async function start(job: (runs: Runs, run: Run) => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    failure.value = ''
    stopper = new AbortController()
    // Else what displays the response would be requested only once it is there.
    preload()
    try {
      await job(await import('./run.ts'), { signal: stopper.signal, began, finished })
    } catch (error) {
      announcement.value = message.value = failure.value = messageFor(error)
    } finally {
      busy.value = false
    }
  }

  const began: Run['began'] = ({ step, position, total, resets }) => {
    const where = total > 1 ? `Step ${position} of ${total}: ` : ''
    message.value = `${where}${resets ? 'resetting the sandbox, then ' : ''}${step.title}`
    if (tally === null) announcement.value = message.value
  }

  const finished: Run['finished'] = (exchange, summary, failed) => {
    message.value = summary
    if (tally === null) announcement.value = summary
    else {
      if (failed) announcement.value = `${exchange.step?.title ?? 'Request'}: ${summary}`
      tally.set(exchange.step?.id ?? '', exchange)
    }
    onFinished(exchange)
  }

  async function runAll(lesson: LessonSteps): Promise<void> {
    if (busy.value) return
    const ran: Map<string, Exchange> = new Map()
    await start(async (runs, run) => {
      tally = ran
      await runs.runAll(lesson, run).finally(() => (tally = null))
      announcement.value = runs.summaryOfRun(ran, lesson.steps.length)
    })
  }

  function stop(): void {
    stopper?.abort()
    dispatchEvent(new Event('viva:stop-waiting'))
  }
  onScopeDispose(stop)

  return {
    busy,
    message,
    announcement,
    failure,
    stop,
    runStep: (lesson: LessonSteps, stepId: string, draft: RequestDraft) =>
      start((runs, run) => runs.runStep(lesson, stepId, draft, run)),
    runAll,
    sendSingle: (single: SingleRequest) => start((runs, run) => runs.sendSingle(single, run)),
    reset: () =>
      start(async (runs) => {
        await runs.resetAll()
        announcement.value = message.value = 'The sandbox was reset: Ada, Grace and Alan, and no one else.'
      }),
  }
}

function messageFor(error: unknown): string {
  if (error instanceof DOMException && error.name === 'AbortError') return 'Stopped.'
  if (error instanceof TypeError)
    return 'Part of the page could not be loaded. Is the server running? Try again.'
  return error instanceof Error ? error.message : String(error)
}
