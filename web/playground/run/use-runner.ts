import { onScopeDispose, shallowRef } from 'vue'
import type { Draft } from '../request/draft.ts'
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
  /** What is going on or has gone wrong. */
  const says = shallowRef('')
  /** The same for ears: of many steps in a row only failures and the sum, which nothing that follows cuts short. */
  const announcement = shallowRef('')
  let tally: Tally | null = null
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
      announcement.value = says.value = failure.value = wordsFor(error)
    } finally {
      busy.value = false
    }
  }

  const began: Run['began'] = ({ step, place, total, resets }) => {
    const where = total > 1 ? `Step ${place} of ${total}: ` : ''
    says.value = `${where}${resets ? 'resetting the sandbox, then ' : ''}${step.title}`
    if (tally === null) announcement.value = says.value
  }

  function finished(exchange: Exchange, summary: string): void {
    says.value = summary
    if (tally === null) announcement.value = summary
    else {
      if (hasFailed(exchange)) announcement.value = `${exchange.step?.title ?? 'Request'}: ${summary}`
      tally.set(exchange.step?.id ?? '', exchange)
    }
    heard(exchange)
  }

  async function runAll(lesson: LessonSteps): Promise<void> {
    if (busy.value) return
    const ran: Tally = new Map()
    await start(async (runs, run) => {
      tally = ran
      await runs.runAll(lesson, run).finally(() => (tally = null))
      announcement.value = sumOf(ran, lesson.steps.length)
    })
  }

  function stop(): void {
    stopper?.abort()
    dispatchEvent(new Event('viva:stop-waiting'))
  }
  onScopeDispose(stop)

  return {
    busy,
    says,
    announcement,
    failure,
    stop,
    runStep: (lesson: LessonSteps, stepId: string, draft: Draft) =>
      start((runs, run) => runs.runStep(lesson, stepId, draft, run)),
    runAll,
    sendSingle: (single: Single) => start((runs, run) => runs.sendSingle(single, run)),
    reset: () =>
      start(async (runs) => {
        await runs.resetAll()
        announcement.value = says.value = 'The sandbox was reset: Ada, Grace and Alan, and no one else.'
      }),
  }
}

/** The last exchange of each step that ran, by its id. */
type Tally = Map<string, Exchange>

/** As `stateOf`, which comes with the code that sends. */
function hasFailed({ outcome, claims }: Exchange): boolean {
  if (outcome.kind === 'failure') return outcome.busy !== true
  return claims.some(({ held }) => !held)
}

function sumOf(ran: Tally, steps: number): string {
  const all = [...ran.values()]
  const refused = all.filter(({ outcome }) => outcome.kind === 'failure' && outcome.busy === true).length
  const claims = all.flatMap((exchange) => exchange.claims)
  const held = claims.filter((claim) => claim.held).length
  const count = ran.size - refused
  const sum = `${count === steps ? 'All' : `${count} of`} ${steps} steps ran, ${held} of ${claims.length} claims confirmed.`
  const unchecked = refused > 0 || all.some((exchange) => exchange.unchecked === true)
  return unchecked ? `${sum} The other claims were not checked: the server was busy.` : sum
}

function wordsFor(error: unknown): string {
  if (error instanceof DOMException && error.name === 'AbortError') return 'Stopped.'
  if (error instanceof TypeError)
    return 'Part of the page could not be loaded. Is the server running? Try again.'
  return error instanceof Error ? error.message : String(error)
}
