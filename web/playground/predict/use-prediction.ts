import { computed, shallowReactive, shallowRef, watch, type Ref } from 'vue'
import type { Step } from '#contract/lesson.ts'
import type { Prediction } from '#contract/predict/prediction.ts'
import type { Exchange } from '../run/exchange.ts'
import type * as judging from './judge.ts'
import { useToPredict } from './use-to-predict.ts'

/** What a learner predicted of a step, and what happened. */
export interface Predicted {
  step: string
  ask: string
  chosen: string
  actual: string
  /** Ids of the misconceptions behind a wrong one. */
  misconceptions: string[]
}

/** A verdict as it is displayed. As long as the answer takes, `isRight` is null, and the words only keep the room. */
export type Verdict = Pick<judging.Judged, 'said' | 'why'> & { isRight: boolean | null }

/** What of the panel a prediction depends on. */
interface Panel {
  chosen: Readonly<Ref<Step | null>>
  edited: Readonly<Ref<boolean>>
  busy: Readonly<Ref<boolean>>
  displayed: Readonly<Ref<Exchange | null>>
  /** What screen readers say; the verdict comes before the result. */
  announcement: Ref<string>
}

/**
 * Asks for a prediction before a step of a lesson runs, and judges it by what really happened.
 * @param report called with each prediction that was judged
 */
export function usePrediction(
  { chosen: step, edited, busy, displayed, announcement }: Panel,
  slug: () => string,
  predictions: () => Readonly<Record<string, Prediction>>,
  report: (predicted: Predicted) => void,
) {
  const toPredict = useToPredict(slug, predictions)
  /** Chosen values by the step's id. */
  const choices = shallowReactive<Record<string, string>>({})
  const verdicts = shallowReactive(new Map<number, Verdict>())
  /** The step that is running and was predicted. */
  const running = shallowRef<{ step: Step; prediction: Prediction; chosen: string } | null>(null)
  const code = shallowRef<typeof judging | null>(null)

  /** The claims and the note are hidden. Once something runs, there is nothing left to predict. */
  const hidden = computed(() => (busy.value ? null : toPredict(step.value)))
  const asked = computed(() => (edited.value ? null : hidden.value))
  const chosen = computed(() => choices[step.value?.id ?? ''] ?? null)
  const verdict = computed((): Verdict | null => {
    const known = displayed.value && verdicts.get(displayed.value.id)
    if (known) return known
    if (running.value === null || running.value.step !== step.value) return null
    const { prediction, chosen } = running.value
    const expected = code.value?.judge(prediction, chosen, prediction.answer, step.value.claims)
    return { said: expected?.said ?? '…', why: expected?.why ?? '', isRight: null }
  })
  watch(busy, (isBusy) => isBusy || (running.value = null), { flush: 'sync' })

  function choose(value: string | undefined): void {
    if (step.value && asked.value && value !== undefined) choices[step.value.id] = value
  }

  /** @param place of the choice, from 0; one that isn't there changes nothing */
  function choosePlace(place: number): void {
    choose(asked.value?.choices[place]?.value)
  }

  /** To be called before a step runs: what is chosen by then will be judged. */
  function commit(): void {
    if (step.value === null || asked.value === null || chosen.value === null) return
    running.value = { step: step.value, prediction: asked.value, chosen: chosen.value }
    void loadCode().catch(() => undefined)
  }

  async function loadCode(): Promise<typeof judging> {
    return (code.value ??= await import('./judge.ts'))
  }

  /** To be called with each exchange of a run. A request that was edited, or got no answer, says nothing. */
  async function finished(exchange: Exchange): Promise<void> {
    const { value: run } = running
    if (run === null || exchange.step?.id !== run.step.id || exchange.edited) return
    const { actualIn, judge } = code.value ?? (await loadCode())
    const actual = actualIn(run.prediction, exchange)
    if (actual === null) return
    const judged = judge(run.prediction, run.chosen, actual, run.step.claims)
    verdicts.set(exchange.id, judged)
    delete choices[run.step.id]
    announcement.value = `${judged.said} ${judged.why} ${announcement.value}`
    report({
      step: run.step.id,
      ask: run.prediction.ask,
      chosen: run.chosen,
      actual,
      misconceptions: judged.misconceptions,
    })
  }

  return { hidden, asked, chosen, verdict, choose, choosePlace, commit, finished }
}
