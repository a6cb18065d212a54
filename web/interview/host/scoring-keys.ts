import type { Ref } from 'vue'
import { SCORE_WORDS } from '#contract/interview/score-words.ts'
import type { Shortcuts } from '../../ui/use-shortcuts.ts'
import type { Announce } from '../parts/use-announcer.ts'
import type { ChosenQuestion } from './use-chosen-question.ts'
import type { HostRoom } from './use-host-room.ts'

export interface KeyOptions {
  room: HostRoom
  chosenQuestion: ChosenQuestion
  /** Says what a key did, since the control that shows it doesn't have the focus. */
  announce: Announce
  /** Whether the interviewer is asked if the candidate may see the model answer. */
  revealing: Ref<boolean>
}

/** What scoring by keys needs: a room, and one of its questions. */
interface ScoringOptions {
  room: Pick<HostRoom, 'view' | 'order' | 'mark'>
  chosenQuestion: {
    question: ChosenQuestion['question']
    /** Why it can't be scored, or null. */
    closed: Readonly<Ref<string | null>>
  }
  announce: Announce
}

/** Keys for this interviewer's own scorecard. */
export function scoringKeys({ room, chosenQuestion, announce }: ScoringOptions): Shortcuts {
  const { view, order } = room
  const { question, closed } = chosenQuestion

  /** The question that is shown, if it can be scored; if not, says why. */
  function scorable() {
    if (closed.value !== null) announce(closed.value)
    return closed.value === null ? question.value : null
  }

  function score(value: number): void {
    const shown = scorable()
    if (shown === null) return
    order({ type: 'score', question: shown.key, score: value })
    announce(`Score ${value}, ${SCORE_WORDS[value] ?? ''}.`)
  }

  function tick(keyPoint: number): void {
    const shown = scorable()
    const text = shown?.keyPoints[keyPoint]
    if (shown === null || text === undefined) return
    const ticked = !(view.value?.card.ticks[shown.key]?.includes(keyPoint) ?? false)
    order({ type: 'tick', question: shown.key, keyPoint, ticked })
    announce(`Key point ${keyPoint + 1} ${ticked ? 'ticked' : 'unticked'}: ${text}`)
  }

  function flag(redFlag: number): void {
    const shown = scorable()
    const text = shown?.redFlags[redFlag]?.says
    if (shown === null || text === undefined) return
    const raised = !(view.value?.card.flags[shown.key]?.includes(redFlag) ?? false)
    order({ type: 'flag', question: shown.key, redFlag, raised })
    announce(`Red flag ${redFlag + 1} ${raised ? 'ticked' : 'unticked'}: ${text}`)
  }

  function mark(): void {
    if (view.value?.card.handedIn !== null) return
    room.mark()
    announce('Moment marked.')
  }

  return {
    ...Object.fromEntries([...Array(9).keys()].map((index) => [String(index + 1), () => tick(index)])),
    ...Object.fromEntries([...Array(9).keys()].map((index) => [`x ${index + 1}`, () => flag(index)])),
    ...Object.fromEntries([...Array(5).keys()].map((value) => [`s ${value}`, () => score(value)])),
    m: mark,
  }
}
