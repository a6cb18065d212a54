import { computed, shallowRef } from 'vue'
import { usePlaygroundStore } from '../../stores/playground.ts'
import type { Draft } from './draft.ts'
import type { Exchange, LessonSteps } from './exchange.ts'
import { useDrafts } from './use-drafts.ts'
import { useRunner } from './use-runner.ts'
import { useShown } from './use-shown.ts'

export interface BenchWiring {
  lesson: () => LessonSteps | null
  /** The chosen step, from 1. */
  place: () => number
  /** What to begin with where there is no lesson. */
  start: () => Draft | null
  selectStep: (place: number) => void
  /** Told of each claim of the lesson that held. */
  claimHeld: (id: string) => void
}

/** The playground's state: the chosen step with its draft, what is running, and the exchange that is shown. */
export function useBench({ lesson, place, start, selectStep, claimHeld }: BenchWiring) {
  const playground = usePlaygroundStore()
  const slug = (): string => lesson()?.slug ?? ''
  const steps = computed(() => lesson()?.steps ?? [])
  const chosen = computed(() => steps.value[place() - 1] ?? steps.value[0] ?? null)
  const states = computed(() => steps.value.map((step) => playground.stateOf(slug(), step.id)))
  const { draft, edited, restore, put, of } = useDrafts(slug, () => chosen.value, start)
  const { shown, opened } = useShown(slug, () => chosen.value, start)
  const runner = useRunner(heard)
  /** What the last press of a button has sent. */
  const ran = shallowRef<Exchange[]>([])

  const claims = computed(() =>
    opened.value ? opened.value.claims.map(({ claim }) => claim) : (chosen.value?.claims ?? []),
  )
  /** Steps that ran because the chosen one needs them. */
  const ranFirst = computed(() => {
    const last = ran.value.at(-1)?.step?.id
    return ran.value.length < steps.value.length && last === chosen.value?.id ? ran.value.slice(0, -1) : []
  })

  function heard(exchange: Exchange): void {
    opened.value = exchange.step === null && lesson() ? exchange : null
    ran.value = [...ran.value, exchange]
    for (const { claim, held } of exchange.claims) if (held) claimHeld(claim.id)
  }

  function began(): void {
    ran.value = []
    opened.value = null
  }

  function send(): void {
    if (runner.busy.value) return
    began()
    const current = lesson()
    if (current && chosen.value) void runner.runStep(current, chosen.value.id, draft.value)
    else void runner.sendDraft(draft.value)
  }

  function runStep(at: number): void {
    const step = steps.value[at - 1]
    const current = lesson()
    if (!current || !step) return
    selectStep(at)
    began()
    void runner.runStep(current, step.id, of(step))
  }

  function runAll(): void {
    const current = lesson()
    if (!current) return
    began()
    void runner.runAll(current)
  }

  function sendAs(caller: string): void {
    draft.value = { ...draft.value, caller }
    send()
  }

  /** Shows an exchange again, and puts its request back where it was sent from. */
  function open(exchange: Exchange): void {
    opened.value = exchange
    const at = steps.value.findIndex((step) => step.id === exchange.step?.id)
    if (exchange.step ? exchange.step.slug === slug() && at >= 0 : !lesson()) {
      put(exchange.step?.id ?? '', exchange.draft)
      if (at >= 0) selectStep(at + 1)
    }
  }

  function replay(exchange: Exchange): void {
    open(exchange)
    began()
    const current = lesson()
    if (current && exchange.step?.slug === current.slug) {
      void runner.runStep(current, exchange.step.id, exchange.draft)
    } else void runner.sendDraft(exchange.draft)
  }

  return {
    steps,
    chosen,
    states,
    claims,
    ranFirst,
    draft,
    edited,
    shown,
    opened,
    restore,
    send,
    runStep,
    runAll,
    sendAs,
    open,
    replay,
    busy: runner.busy,
    says: runner.says,
    failure: runner.failure,
    stop: runner.stop,
    reset: runner.reset,
    sendDraft: runner.sendDraft,
  }
}
