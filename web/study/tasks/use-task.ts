import { onBeforeUnmount, onMounted, shallowRef, watch } from 'vue'
import type { Check } from '#contract/evaluate.ts'
import type { PracticeSet, TaskView } from '#contract/practice.ts'
import { useDeckStore } from '../../stores/deck.ts'
import { draftOf } from '../../playground/request/draft.ts'
import { loadParts } from '../../playground/request/request-parts.ts'
import { operationKey } from '../../playground/request/use-drafts.ts'
import type { Exchange } from '../../playground/run/exchange.ts'
import { usePlaygroundStore } from '../../playground/run/playground-store.ts'
import { useStudyStore } from '../log/study-store.ts'
import { taskKey } from './task-record.ts'
import type { Judgement } from './judge-exchange.ts'

/** What the last request came to: a judgement, or a sentence on why there is none. */
export type Verdict = Judgement | { kind: 'unjudged'; says: string }

/**
 * A task on its way: prepares the sandbox, judges every request that is sent while it is open, and records how it ended.
 * @param mock the id of the mock interview that it belongs to
 */
export function useTask({ slug, name }: Pick<PracticeSet, 'slug' | 'name'>, task: TaskView, mock?: string) {
  const study = useStudyStore()
  const playground = usePlaygroundStore()
  const deck = useDeckStore()
  const phase = shallowRef<'closed' | 'preparing' | 'open'>('closed')
  const failure = shallowRef('')
  const verdict = shallowRef<Verdict | null>(null)
  const requests = shallowRef(0)
  const hints = shallowRef(0)
  const sawSolution = shallowRef(false)
  /** The checks of the request that passed, once one has. */
  const passed = shallowRef<Check[] | null>(null)
  const met = new Set<string>()
  /** Identifies its request in the playground. */
  const operation = `task ${taskKey(slug, task.id)}`
  const stopper = new AbortController()
  let lastId = 0
  /** How often it was started: what was sent for an earlier try says nothing about this one. */
  let turn = 0
  let judging = Promise.resolve()
  let isRecorded = false

  async function start(): Promise<void> {
    if (phase.value === 'preparing') return
    record(false)
    phase.value = 'preparing'
    turn += 1
    failure.value = ''
    verdict.value = passed.value = null
    requests.value = hints.value = 0
    sawSolution.value = false
    met.clear()
    try {
      await prepareSandbox()
      restart()
      phase.value = 'open'
    } catch (error) {
      phase.value = 'closed'
      failure.value = error instanceof Error ? error.message : String(error)
    }
  }

  async function prepareSandbox(): Promise<void> {
    const [{ prepare }, outcome] = await Promise.all([
      import('../../playground/run/run.ts'),
      deck.loadLesson(name),
      loadParts(),
    ])
    const lesson = deck.lessons.get(name)
    if (outcome !== 'ready' || !lesson) throw new Error('The lesson of this task couldn’t be loaded.')
    const run = { signal: stopper.signal, began: () => undefined, finished: () => undefined }
    const isReady = await prepare(lesson, task.after, run)
    if (!isReady) throw new Error('A request that prepares this task got no response. Try again.')
    // What the lesson's steps have saved can be used in the task's requests, too.
    playground.save('', playground.variables[slug] ?? {})
  }

  function restart(): void {
    delete playground.drafts[operationKey(operation)]
    lastId = playground.history[0]?.id ?? 0
    isRecorded = false
  }

  watch(
    () => playground.history,
    (history) => {
      if (phase.value !== 'open') return
      const sent = history.filter(({ id }) => id > lastId).reverse()
      lastId = history[0]?.id ?? lastId
      const sentIn = turn
      for (const exchange of sent) judging = judging.then(() => judge(exchange, sentIn))
    },
  )

  async function judge(exchange: Exchange, sentIn: number): Promise<void> {
    if (passed.value !== null || sentIn !== turn) return
    if (exchange.outcome.kind !== 'failure') requests.value += 1
    const judgement = await judged(exchange)
    if (sentIn !== turn) return
    verdict.value = judgement
    if (judgement.kind === 'trap' && judgement.misconception !== null) met.add(judgement.misconception)
    if (judgement.kind !== 'passed') return
    passed.value = judgement.checks
    record(true)
  }

  async function judged(exchange: Exchange): Promise<Verdict> {
    try {
      const { judgeExchange, saveAsSolved } = await import('./judge-exchange.ts')
      saveAsSolved(task, exchange)
      return await judgeExchange(task, exchange)
    } catch (error) {
      return { kind: 'unjudged', says: error instanceof Error ? error.message : String(error) }
    }
  }

  /** Once for each time the task was started; a task that was only looked at isn't recorded. */
  function record(isPassed: boolean): void {
    const isTried = requests.value > 0 || hints.value > 0 || sawSolution.value
    if (isRecorded || phase.value !== 'open' || !(isPassed || isTried)) return
    isRecorded = true
    study.record({
      kind: 'task',
      ...{ slug, task: task.id, isPassed },
      ...{ requests: requests.value, hints: hints.value, sawSolution: sawSolution.value },
      misconceptions: [...met],
      ...(mock === undefined ? {} : { mock }),
    })
  }

  /** Puts a request of the solution into the editor. */
  function take(request: TaskView['solution'][number]): void {
    playground.drafts[operationKey(operation)] = draftOf(request)
  }

  /** A task of a mock interview can be come back to. */
  const leave = (): void => {
    if (mock === undefined) record(false)
  }
  onMounted(() => addEventListener('pagehide', leave))
  onBeforeUnmount(() => {
    removeEventListener('pagehide', leave)
    stopper.abort()
    leave()
  })

  return { phase, failure, verdict, passed, requests, hints, sawSolution, operation, start, record, take }
}
