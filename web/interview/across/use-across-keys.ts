import { computed } from 'vue'
import type { Question } from '#contract/interview/plan.ts'
import { usePreferencesStore } from '../../stores/preferences.ts'
import { useShortcuts } from '../../ui/use-shortcuts.ts'
import { useEvidence, type Evidence } from '../evidence/use-evidence.ts'
import { scoringKeys } from '../host/scoring-keys.ts'
import type { HostRoom } from '../host/use-host-room.ts'
import type { Announce } from '../news/use-announcer.ts'

export interface ScoredAnswer {
  room: HostRoom
  question: Question
  /** Why it can't be scored, or null. */
  closed: string | null
}

export const ACROSS_KEYS: readonly (readonly [string, string])[] = [
  ['n', 'Next answer'],
  ['b', 'Previous answer'],
  ['1 … 9', 'Tick or untick a key point, or bind the selected words to it'],
  ['x then 1 … 9', 'The same for a red flag'],
  ['s then 0 … 4', 'Score the answer'],
  ['s then -', 'Say that the question isn’t assessed'],
  ['e', 'Write notes'],
  ['Esc', 'Leave the notes'],
  ['?', 'Show this list'],
]

interface AcrossKeys {
  announce: Announce
  move: (by: 1 | -1) => void
  notes: () => void
  showKeys: () => void
}

/** The scorecard's single keys, and those that go from one answer to the next. @param answer null while none is loaded @returns what they bind */
export function useAcrossKeys(
  answer: () => ScoredAnswer | null,
  { announce, move, notes, showKeys }: AcrossKeys,
): Evidence {
  const preferences = usePreferencesStore()
  const room: Pick<HostRoom, 'view' | 'order' | 'mark'> = {
    view: computed(() => answer()?.room.view.value ?? null),
    order: (order) => answer()?.room.order(order),
    mark: () => undefined,
  }
  const question = computed(() => answer()?.question ?? null)
  const closed = computed(() => answer()?.closed ?? null)
  const evidence = useEvidence({ room, question, closed, announce })
  const { m: _, ...scoring } = scoringKeys({
    ...{ room, announce, evidence },
    chosenQuestion: { question, closed },
  })
  useShortcuts(
    { ...scoring, n: () => move(1), b: () => move(-1), e: notes, '?': showKeys },
    () => preferences.singleKeys,
  )
  return evidence
}
