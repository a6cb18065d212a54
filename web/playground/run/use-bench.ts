import { computed, shallowRef } from 'vue'
import { usePlaygroundStore } from './playground-store.ts'
import { draftOf, emptyDraft, sameDraft, type Draft } from '../request/draft.ts'
import type { Exchange, LessonSteps } from './exchange.ts'
import type { Operation } from '../request/operations.ts'
import { operationKey, ownKey, stepKey, useDrafts } from '../request/use-drafts.ts'
import { useRunner } from './use-runner.ts'
import { useShown } from './use-shown.ts'

export interface BenchWiring {
  lesson: () => LessonSteps | null
  /** The chosen step, from 1. */
  place: () => number
  selectStep: (place: number) => void
  /** Where there is no lesson: the chosen operation; null for a request of one's own. */
  operation: () => Operation | null
  operations: () => readonly Operation[]
  /** The operation that a request is one of. */
  operationOf: (draft: Draft) => Operation | null
  selectOperation: (id: string | null) => void
  /** Told of each claim of the lesson that held. */
  claimHeld: (id: string) => void
}

/** The playground's state: the chosen step or operation with its draft, what is running, and the exchange that is shown. */
export function useBench(wiring: BenchWiring) {
  const { lesson, place, selectStep, operation, operations, operationOf, selectOperation, claimHeld } = wiring
  const playground = usePlaygroundStore()
  const slug = (): string => lesson()?.slug ?? ''
  const steps = computed(() => lesson()?.steps ?? [])
  const chosen = computed(() => steps.value[place() - 1] ?? steps.value[0] ?? null)
  const states = computed(() => steps.value.map((step) => playground.stateOf(slug(), step.id)))
  const key = computed(() => {
    if (chosen.value) return stepKey(slug(), chosen.value.id)
    const one = operation()
    return one ? operationKey(one.id) : ownKey
  })
  const written = computed(() =>
    chosen.value ? draftOf(chosen.value) : (operation()?.draft ?? emptyDraft()),
  )
  const { draft, edited, restore, put, at } = useDrafts(
    () => key.value,
    () => written.value,
  )
  const { shown, opened } = useShown(() => key.value)
  const runner = useRunner(heard)
  /** What the last press of a button has sent. */
  const ran = shallowRef<Exchange[]>([])

  const claims = computed(() =>
    opened.value ? opened.value.claims.map(({ claim }) => claim) : (chosen.value?.claims ?? []),
  )
  /** The answer that is shown was given to another request than the one that stands above it. */
  const differs = computed(() => shown.value !== null && !sameDraft(shown.value.draft, draft.value))
  /** What is said is not the outcome of another step or operation than the one that is chosen. */
  const here = computed(() => runner.busy.value || ran.value.length === 0)
  /** Steps that ran because the chosen one needs them. */
  const ranFirst = computed(() => {
    const last = ran.value.at(-1)?.step?.id
    return ran.value.length < steps.value.length && last === chosen.value?.id ? ran.value.slice(0, -1) : []
  })

  function heard(exchange: Exchange): void {
    opened.value = exchange.from === null ? exchange : null
    ran.value = [...ran.value, exchange]
    for (const { claim, held } of exchange.claims) if (held) claimHeld(claim.id)
  }

  function began(): void {
    ran.value = []
    opened.value = null
  }

  /** Changes the request. One that is no longer the chosen operation becomes a request of one's own, and the operation's stays. */
  function edit(changed: Draft): void {
    const one = lesson() ? null : operation()
    if (one === null || operationOf(changed) === one) return put(key.value, changed)
    put(ownKey, changed)
    selectOperation(null)
  }

  function send(): void {
    if (runner.busy.value) return
    began()
    const current = lesson()
    if (current && chosen.value) void runner.runStep(current, chosen.value.id, draft.value)
    else void runner.sendSingle({ draft: draft.value, from: key.value, slug: '' })
  }

  function runStep(at: number): void {
    const step = steps.value[at - 1]
    const current = lesson()
    if (!current || !step || runner.busy.value) return
    selectStep(at)
    began()
    void runner.runStep(current, step.id, draftAt(step))
  }

  function draftAt(step: Parameters<typeof draftOf>[0]): Draft {
    return at(stepKey(slug(), step.id)) ?? draftOf(step)
  }

  function runAll(): void {
    const current = lesson()
    if (!current || runner.busy.value) return
    began()
    void runner.runAll(current)
  }

  function sendAs(caller: string): void {
    if (runner.busy.value) return
    edit({ ...draft.value, caller })
    send()
  }

  /** Sends a draft that stands nowhere on the page; its answer says what it is of. */
  function sendApart(apart: Draft): void {
    if (runner.busy.value) return
    began()
    void runner.sendSingle({ draft: apart, from: null, slug: slug() })
  }

  /** Shows an exchange again, and puts its request back where it was sent from. */
  function open(exchange: Exchange): void {
    bringBack(exchange)
    opened.value = exchange
  }

  /** @returns whether the request stands on the page now */
  function bringBack({ step, from, draft }: Exchange): boolean {
    if (from === null) return false
    const at = steps.value.findIndex(({ id }) => stepKey(slug(), id) === from)
    const one = operations().find(({ id }) => operationKey(id) === from)
    if (lesson() ? at < 0 : step !== null || (from !== ownKey && !one)) return false
    put(from, draft)
    if (at >= 0) selectStep(at + 1)
    else selectOperation(one?.id ?? null)
    return true
  }

  function replay(exchange: Exchange): void {
    if (runner.busy.value) return
    const { draft, step } = exchange
    const from = bringBack(exchange) ? exchange.from : null
    began()
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
    states,
    claims,
    ranFirst,
    key,
    draft,
    edited,
    shown,
    opened,
    differs,
    here,
    edit,
    restore,
    send,
    runStep,
    runAll,
    sendAs,
    sendApart,
    open,
    replay,
    busy: runner.busy,
    says: runner.says,
    announcement: runner.announcement,
    failure: runner.failure,
    stop: runner.stop,
    reset,
  }
}
