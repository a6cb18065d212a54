import { useShortcuts } from '../../ui/use-shortcuts.ts'
import { usePreferencesStore } from '../../stores/preferences.ts'
import type { ChosenQuestion } from './use-chosen-question.ts'
import type { HostRoom } from './use-host-room.ts'

/** Single keys for what an interviewer does most while listening. @param showKeys opens the list of them */
export function useHostShortcuts(room: HostRoom, chosen: ChosenQuestion, showKeys: () => void): void {
  const { view } = room
  const { question, next, closed } = chosen
  const preferences = usePreferencesStore()

  function score(score: number): void {
    if (closed.value !== null || question.value === null) return
    room.order({ type: 'score', question: question.value.key, score })
  }

  function tick(keyPoint: number): void {
    const key = question.value?.key
    if (closed.value !== null || key === undefined || question.value?.keyPoints[keyPoint] === undefined)
      return
    const ticked = view.value?.card.ticks[key]?.includes(keyPoint) ?? false
    room.order({ type: 'tick', question: key, keyPoint, ticked: !ticked })
  }

  function flag(redFlag: number): void {
    const key = question.value?.key
    if (closed.value !== null || key === undefined || question.value?.redFlags[redFlag] === undefined) return
    const raised = view.value?.card.flags[key]?.includes(redFlag) ?? false
    room.order({ type: 'flag', question: key, redFlag, raised: !raised })
  }

  function pauseOrResume(): void {
    const present = view.value?.questions.find(({ state }) => state === 'present')
    if (present && view.value?.mode === 'live')
      room.order({ type: present.clock.since === null ? 'resume' : 'pause' })
  }

  function askNext(): void {
    if (view.value?.coming) return
    if (next.value !== null && view.value?.mode === 'live' && view.value.candidate !== null)
      room.order({ type: 'announce', question: next.value })
  }

  function undo(): void {
    if (view.value?.coming) room.order({ type: 'withdraw' })
  }

  useShortcuts(
    {
      ...Object.fromEntries([...Array(9).keys()].map((index) => [String(index + 1), () => tick(index)])),
      ...Object.fromEntries([...Array(5).keys()].map((given) => [`s ${given}`, () => score(given)])),
      ...Object.fromEntries([...Array(9).keys()].map((index) => [`x ${index + 1}`, () => flag(index)])),
      n: askNext,
      u: undo,
      p: pauseOrResume,
      m: () => room.mark(),
      '?': showKeys,
    },
    () => preferences.singleKeys,
  )
}
