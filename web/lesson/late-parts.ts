import { defineAsyncComponent, type Component } from 'vue'
import type { EventOf, Stamp } from '#contract/study/event.ts'
import { whenIdle } from '../ui/when-idle.ts'

/** What a lesson page needs only after a click or a look: it is loaded when everything else is there. */
const idle = () => new Promise<void>((resolve) => whenIdle(resolve))
const loadCard = () => import('./ClaimCard.vue')
export const loadTie = () => import('./tie-claim.ts')

export const ClaimCard = defineAsyncComponent(loadCard)
export const SplitHandle = defineAsyncComponent(() => idle().then(() => import('./SplitHandle.vue')))
export const FirstHints = defineAsyncComponent(() => idle().then(() => import('./FirstHints.vue')))

/** A part that fails to load is requested again when it is needed. @param until the page is left */
export async function loadLateParts(until: AbortSignal): Promise<void> {
  await idle()
  for (const load of [loadCard, loadTie]) void load().catch(() => undefined)
  const printing = await import('./open-for-print.ts').catch(() => null)
  if (!until.aborted) printing?.openForPrint(until)
}

/** Adds a prediction to the study log, whose code is loaded with the first one. */
export async function recordPrediction(
  predicted: Omit<EventOf<'prediction'>, keyof Stamp | 'kind'>,
): Promise<void> {
  const { recordOnce } = await import('../study/log/record.ts')
  await recordOnce({ kind: 'prediction', ...predicted })
}

let loaded: Component | null = null
const LateText = defineAsyncComponent(() => (import.meta.env.SSR ? loadLessonText() : loadWhenUsed()))

/** Loads the code of a lesson's text, for a page that isn't prerendered. */
export async function loadLessonText(): Promise<Component> {
  loaded ??= (await import('./LessonText.vue')).default
  return loaded
}

/**
 * A lesson's text. Where its HTML was prerendered, Vue takes it over once the page is idle, or earlier when someone uses the page.
 * Until then its props must not change.
 */
export function lessonText(): Component {
  return loaded ?? LateText
}

async function loadWhenUsed(): Promise<Component> {
  await Promise.race([idle(), used()])
  return loadLessonText().catch(() => used().then(loadWhenUsed))
}

function used(): Promise<void> {
  return new Promise((resolve) => {
    for (const type of ['pointerover', 'focusin', 'keydown'])
      addEventListener(type, () => resolve(), { once: true, passive: true })
  })
}
