import { computed, shallowRef } from 'vue'
import { usePlaygroundStore } from './playground-store.ts'
import { draftOf, emptyDraft, sameDraft, type RequestDraft } from '../request/draft.ts'
import type { Exchange, LessonSteps } from './exchange.ts'
import type { Operation } from '../request/operations.ts'
import { customKey, operationKey, stepKey, useDrafts } from '../request/use-drafts.ts'
import { useDisplayedExchange } from './use-displayed-exchange.ts'
import { resultOf } from './step-result.ts'
import { useRunner } from './use-runner.ts'

export interface PanelOptions {
  lesson: () => LessonSteps | null
  /** The selected step, from 1. */
  stepNumber: () => number
  selectStep: (stepNumber: number) => void
  /** Where there is no lesson: the selected operation; null for a custom request. */
  operation: () => Operation | null
  operations: () => readonly Operation[]
  /** The operation that a request matches, or null. */
  operationOf: (draft: RequestDraft) => Operation | null
  selectOperation: (id: string | null) => void
  /** Called with the id of each claim of the lesson that was confirmed. */
  claimHeld: (id: string) => void
  /** Called before the selected step, or the request in the editor, is sent. */
  beforeRun: () => void
  /** Called with each exchange. */
  finished: (exchange: Exchange) => void
}

/** The panel's state: the selected step or operation with its draft, what is running, and the exchange that is displayed. */
export function usePanel(options: PanelOptions) {
  const { lesson, stepNumber, selectStep, operation, operations, operationOf, selectOperation, claimHeld } =
    options
  const playground = usePlaygroundStore()
  const slug = (): string => lesson()?.slug ?? ''
  const steps = computed(() => lesson()?.steps ?? [])
  const chosen = computed(() => steps.value[stepNumber() - 1] ?? steps.value[0] ?? null)
  const runLabel = computed(() => (chosen.value ? `Run step ${stepNumber()}` : ''))
  const results = computed(() =>
    steps.value.map(({ id }) => {
      const isOfStep = ({ step, edited }: Exchange) => step?.id === id && step.slug === slug() && !edited
      return resultOf(playground.stateOf(slug(), id), playground.history.find(isOfStep))
    }),
  )
  const key = computed(() => {
    if (chosen.value) return stepKey(slug(), chosen.value.id)
    const selected = operation()
    return selected ? operationKey(selected.id) : customKey
  })
  const original = computed(() =>
    chosen.value ? draftOf(chosen.value) : (operation()?.draft ?? emptyDraft()),
  )
  const { draft, edited, restore, setDraft } = useDrafts(
    () => key.value,
    () => original.value,
  )
  const { displayed, opened } = useDisplayedExchange(() => key.value)
  const runner = useRunner(onFinished)
  /** What the last click sent. */
  const ran = shallowRef<Exchange[]>([])

  const claims = computed(() =>
    opened.value ? opened.value.claims.map(({ claim }) => claim) : (chosen.value?.claims ?? []),
  )
  /** The displayed response belongs to a different request than the one in the editor. */
  const differs = computed(() => displayed.value !== null && !sameDraft(displayed.value.draft, draft.value))
  /** The runner's message is about the selected step or operation, not about another one. */
  const messageApplies = computed(() => runner.busy.value || ran.value.length === 0)
  /** Exchanges of the steps that ran because the selected one needs them; none while others may follow. */
  const ranFirst = computed(() => {
    if (runner.busy.value) return []
    const last = ran.value.at(-1)?.step?.id
    return ran.value.length < steps.value.length && last === chosen.value?.id ? ran.value.slice(0, -1) : []
  })

  function onFinished(exchange: Exchange): void {
    opened.value = exchange.from === null ? exchange : null
    ran.value = [...ran.value, exchange]
    for (const { claim, held } of exchange.claims) if (held) claimHeld(claim.id)
    options.finished(exchange)
  }

  function clearResults(): void {
    ran.value = []
    opened.value = null
  }

  /** Changes the request. One that no longer matches the selected operation becomes a custom request; the operation keeps its own. */
  function edit(changed: RequestDraft): void {
    const selected = lesson() ? null : operation()
    if (selected === null || operationOf(changed) === selected) return setDraft(key.value, changed)
    setDraft(customKey, changed)
    selectOperation(null)
  }

  function send(): void {
    if (runner.busy.value) return
    options.beforeRun()
    clearResults()
    const current = lesson()
    if (current && chosen.value) void runner.runStep(current, chosen.value.id, draft.value)
    else void runner.sendSingle({ draft: draft.value, from: key.value, slug: '' })
  }

  function runAll(): void {
    const current = lesson()
    if (!current || runner.busy.value) return
    clearResults()
    void runner.runAll(current)
  }

  function sendAs(caller: string): void {
    if (runner.busy.value) return
    edit({ ...draft.value, caller })
    send()
  }

  /** Sends a draft without putting it into the editor, such as one with a forged token. */
  function sendApart(apart: RequestDraft): void {
    if (runner.busy.value) return
    clearResults()
    void runner.sendSingle({ draft: apart, from: null, slug: slug() })
  }

  /** Displays an exchange again, with its request back in the editor that it was sent from. */
  function open(exchange: Exchange): void {
    restoreRequest(exchange)
    opened.value = exchange
  }

  /** @returns whether the request is in the editor now */
  function restoreRequest({ step, from, draft }: Exchange): boolean {
    if (from === null) return false
    const index = steps.value.findIndex(({ id }) => stepKey(slug(), id) === from)
    const sentFrom = operations().find(({ id }) => operationKey(id) === from)
    if (lesson() ? index < 0 : step !== null || (from !== customKey && !sentFrom)) return false
    setDraft(from, draft)
    if (index >= 0) selectStep(index + 1)
    else selectOperation(sentFrom?.id ?? null)
    return true
  }

  function replay(exchange: Exchange): void {
    if (runner.busy.value) return
    const { draft, step } = exchange
    const from = restoreRequest(exchange) ? exchange.from : null
    clearResults()
    const current = lesson()
    if (current && step && from !== null) void runner.runStep(current, step.id, draft)
    else void runner.sendSingle({ draft, from, slug: step?.slug ?? '' })
  }

  function reset(): void {
    if (runner.busy.value) return
    ran.value = []
    void runner.reset()
  }

  return {
    steps,
    chosen,
    results,
    runLabel,
    claims,
    ranFirst,
    key,
    draft,
    edited,
    displayed,
    opened,
    differs,
    messageApplies,
    edit,
    restore,
    send,
    runAll,
    sendAs,
    sendApart,
    open,
    replay,
    busy: runner.busy,
    message: runner.message,
    announcement: runner.announcement,
    failure: runner.failure,
    stop: runner.stop,
    reset,
  }
}
