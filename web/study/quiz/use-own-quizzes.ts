import { onMounted, shallowRef } from 'vue'
import type { PracticeSet } from '#contract/practice.ts'
import { readStored, removeStored, writeStored } from '../../stores/stored.ts'
import type { GiftFault } from '../export/gift-syntax.ts'

const KEY = 'viva:own-quizzes'
/** Some thousand questions. */
export const MAX_GIFT_BYTES = 1_000_000

// Shared by the list and a round.
const own = shallowRef<PracticeSet | null>(null)
/** Whether what is stored was read. */
const isRead = shallowRef(false)

/** A learner's own questions, from one GIFT file that this browser keeps. They are read when the page is mounted. */
export function useOwnQuizzes() {
  // The reader is loaded only for someone who has questions of their own.
  const load = async (gift: string) => (await import('./own-set.ts')).ownSet(gift)

  onMounted(async () => {
    const stored = readStored(KEY)
    // Without the reader, the questions are missing until the next visit.
    if (typeof stored === 'string')
      own.value = await load(stored)
        .then(({ set }) => set)
        .catch(() => null)
    isRead.value = true
  })

  /** Replaces the questions, unless the file has none. @throws when the reader couldn't be loaded */
  async function take(gift: string): Promise<{ count: number; faults: GiftFault[] }> {
    const { set, faults } = await load(gift)
    if (set.quizzes.length > 0) {
      writeStored(KEY, gift)
      own.value = set
    }
    return { count: set.quizzes.length, faults }
  }

  function remove(): void {
    removeStored(KEY)
    own.value = null
  }

  return { own, isRead, take, remove }
}
