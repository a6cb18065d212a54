import { defineStore } from 'pinia'
import { shallowReactive, shallowRef, watch } from 'vue'
import type { Step } from '#contract/lesson.ts'
import { draftOf, sameDraft } from '../../playground/request/draft.ts'
import type { Exchange } from '../../playground/run/exchange.ts'
import { usePlaygroundStore } from '../../playground/run/playground-store.ts'
import { resetAll } from '../../playground/run/run.ts'
import { useDeckStore } from '../../stores/deck.ts'
import { useProjectFiles } from '../files/project-files.ts'
import { lessonOf } from '../lesson-of.ts'
import { createConversation, type Outcome } from '../run/conversation.ts'
import { useOriginalTab } from '../tab-store.ts'

/** What the original answered to an exchange of the twin; `failed` has the reason. */
export type Mirrored = Outcome | { kind: 'waiting' } | { kind: 'failed'; because: string }

/**
 * Asks the original, in the same order, everything that is asked of the twin: both began with the same people, so both have the same data.
 */
export const useMirror = defineStore('original-mirror', () => {
  const playground = usePlaygroundStore()
  const deck = useDeckStore()
  const tab = useOriginalTab()
  const project = useProjectFiles()
  const answers = shallowReactive(new Map<number, Mirrored>())
  /** The life of the original whose data is the twin's; 0 when there is none. */
  const follows = shallowRef(0)
  let conversation: ReturnType<typeof createConversation> | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let lastId = 0

  /** Resets the sandbox and the original, and follows from then on. @throws ApiFailure, OriginalFault */
  async function begin(): Promise<void> {
    await tab.applyChanges(project.changes)
    await tab.use(async (original) => {
      await resetAll()
      await original.reset()
      conversation = createConversation(original)
    })
    lastId = playground.history[0]?.id ?? 0
    follows.value = tab.life
  }

  const isFollowing = (): boolean => follows.value > 0 && follows.value === tab.life && tab.ready

  watch(() => playground.history, enqueueNew, { flush: 'sync' })
  watch(
    () => playground.resetAt,
    () => {
      if (isFollowing()) enqueue(resetOriginal)
    },
    { flush: 'sync' },
  )

  function enqueueNew(history: readonly Exchange[]): void {
    if (!isFollowing()) return
    const fresh = history.filter(({ id }) => id > lastId).reverse()
    for (const exchange of fresh) {
      lastId = exchange.id
      // A request that got no response may not have reached the twin at all.
      if (exchange.outcome.kind === 'failure') continue
      answers.set(exchange.id, { kind: 'waiting' })
      enqueue(() => askAbout(exchange))
    }
  }

  function enqueue(job: () => Promise<void>): void {
    queue = queue.then(job).catch(() => undefined)
  }

  async function resetOriginal(): Promise<void> {
    await tab.use((original) => original.reset())
    conversation?.restart()
  }

  async function askAbout(exchange: Exchange): Promise<void> {
    try {
      if (!conversation) return
      const { ask } = conversation
      const { draft } = exchange
      const slug = exchange.step?.slug ?? ''
      const outcome = await tab.use(() => ask({ draft, step: stepOf(exchange), slug }))
      answers.set(exchange.id, outcome)
    } catch (error) {
      const because = error instanceof Error ? error.message : String(error)
      answers.set(exchange.id, { kind: 'failed', because })
    }
  }

  function stepOf({ step, draft }: Exchange): Step | null {
    const found = lessonOf(deck, step?.slug)?.steps.find(({ id }) => id === step?.id)
    return found && sameDraft(draft, draftOf(found)) ? found : null
  }

  return { answers, follows, begin, isFollowing }
})
