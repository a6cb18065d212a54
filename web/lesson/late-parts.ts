import { defineAsyncComponent } from 'vue'
import { whenIdle } from '../ui/when-idle.ts'

/** What a lesson page needs only after a click or a look: it is loaded when everything else is there. */
const idle = () => new Promise<void>(whenIdle)
const loadCard = () => import('./ClaimCard.vue')
export const loadTie = () => import('./tie-claim.ts')
export const loadFacts = () => import('./toggle-fact.ts')

export const ClaimCard = defineAsyncComponent(loadCard)
export const SplitHandle = defineAsyncComponent(() => idle().then(() => import('./SplitHandle.vue')))
export const FirstHints = defineAsyncComponent(() => idle().then(() => import('./FirstHints.vue')))

/** A part that fails to load is requested again when it is needed. @param until the page is left */
export async function loadLateParts(until: AbortSignal): Promise<void> {
  await idle()
  for (const load of [loadCard, loadTie, loadFacts]) void load().catch(() => undefined)
  const printing = await import('./open-for-print.ts').catch(() => null)
  if (!until.aborted) printing?.openForPrint(until)
}
