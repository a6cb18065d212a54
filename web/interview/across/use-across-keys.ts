import type { Question } from '#contract/interview/plan.ts'
import { usePreferencesStore } from '../../stores/preferences.ts'
import { useShortcuts } from '../../ui/use-shortcuts.ts'
import type { HostRoom } from '../host/use-host-room.ts'

export interface ScoredAnswer {
  room: HostRoom
  question: Question
  /** Why it can't be scored, or null. */
  closed: string | null
}

export const ACROSS_KEYS: readonly (readonly [string, string])[] = [
  ['n', 'Next answer'],
  ['b', 'The answer before'],
  ['1 … 9', 'Tick or untick a key point'],
  ['x then 1 … 9', 'Tick or untick a red flag'],
  ['s then 0 … 4', 'Score the answer'],
  ['e', 'Write notes, Esc to leave them'],
  ['?', 'Show this list'],
]

/** The card's single keys, and those that go from one answer to the next. @param answer null while none is loaded */
export function useAcrossKeys(
  answer: () => ScoredAnswer | null,
  { move, notes, showKeys }: { move: (by: 1 | -1) => void; notes: () => void; showKeys: () => void },
): void {
  const preferences = usePreferencesStore()

  function onCard(act: (answer: ScoredAnswer) => void): void {
    const now = answer()
    if (now !== null && now.closed === null) act(now)
  }

  const tick = (keyPoint: number): void =>
    onCard(({ room, question: { key, keyPoints } }) => {
      const ticked = room.view.value?.card.ticks[key]?.includes(keyPoint) ?? false
      if (keyPoint < keyPoints.length) room.order({ type: 'tick', question: key, keyPoint, ticked: !ticked })
    })
  const flag = (redFlag: number): void =>
    onCard(({ room, question: { key, redFlags } }) => {
      const raised = room.view.value?.card.flags[key]?.includes(redFlag) ?? false
      if (redFlag < redFlags.length) room.order({ type: 'flag', question: key, redFlag, raised: !raised })
    })
  const score = (value: number): void =>
    onCard(({ room, question }) => room.order({ type: 'score', question: question.key, score: value }))

  useShortcuts(
    {
      ...keysOf(9, (index) => [`${index + 1}`, () => tick(index)]),
      ...keysOf(9, (index) => [`x ${index + 1}`, () => flag(index)]),
      ...keysOf(5, (index) => [`s ${index}`, () => score(index)]),
      n: () => move(1),
      b: () => move(-1),
      e: notes,
      '?': showKeys,
    },
    () => preferences.singleKeys,
  )
}

function keysOf(count: number, keyOf: (index: number) => [string, () => void]): Record<string, () => void> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => keyOf(index)))
}
