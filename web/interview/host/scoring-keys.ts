import type { Ref } from 'vue'
import { SCORE_WORDS } from '#contract/interview/score-words.ts'
import type { Scorecard } from '#contract/interview/scorecard.ts'
import type { Shortcuts } from '../../ui/use-shortcuts.ts'
import type { Evidence } from '../evidence/use-evidence.ts'
import type { Announce } from '../news/use-announcer.ts'
import type { ChosenQuestion } from './use-chosen-question.ts'
import type { HostRoom } from './use-host-room.ts'

export interface ScoringKeyOptions {
  room: Pick<HostRoom, 'view' | 'order' | 'mark'>
  chosenQuestion: Pick<ChosenQuestion, 'question' | 'closed'>
  /** Says what a key did, since the control that shows it doesn't have the focus. */
  announce: Announce
  evidence: Evidence
}

export interface KeyOptions extends ScoringKeyOptions {
  room: HostRoom
  chosenQuestion: ChosenQuestion
  /** Whether the interviewer is asked if the candidate may see the model answer. */
  revealing: Ref<boolean>
}

/** Why nothing can be ticked in a question, or null. @param closed why nothing in it can be scored, or null */
export function whyTicksClosed(
  { notAssessed }: Scorecard,
  question: string,
  closed: string | null,
): string | null {
  const isNotAssessed = notAssessed.includes(question)
  return closed ?? (isNotAssessed ? 'You marked this question as not assessed: nothing in it counts.' : null)
}

/** Keys for this interviewer's own scorecard. What is chosen as evidence is bound by the keys that otherwise tick. */
export function scoringKeys({ room, chosenQuestion, announce, evidence }: ScoringKeyOptions): Shortcuts {
  const { view, order } = room
  const { question, closed } = chosenQuestion

  /** The question that is shown, if it isn't closed; if it is, says why. */
  function shownUnless(why: string | null) {
    if (why !== null) announce(why)
    return why === null ? question.value : null
  }

  /** The question that is shown, if it can be ticked in; if not, says why. */
  function tickable() {
    const [card, key] = [view.value?.card, question.value?.key]
    if (card === undefined || key === undefined) return null
    return shownUnless(whyTicksClosed(card, key, closed.value))
  }

  function score(value: number): void {
    const shown = shownUnless(closed.value)
    if (shown === null) return
    order({ type: 'score', question: shown.key, score: value })
    announce(`Score ${value}, ${SCORE_WORDS[value] ?? ''}.`)
  }

  function markNotAssessed(): void {
    const shown = shownUnless(closed.value)
    if (shown === null) return
    order({ type: 'mark-not-assessed', question: shown.key, notAssessed: true })
    announce('Not assessed.')
  }

  function tick(keyPoint: number): void {
    const shown = tickable()
    const text = shown?.keyPoints[keyPoint]
    if (shown === null || text === undefined) return
    if (evidence.bind({ kind: 'key-point', index: keyPoint })) return
    const ticked = !(view.value?.card.ticks[shown.key]?.includes(keyPoint) ?? false)
    order({ type: 'tick', question: shown.key, keyPoint, ticked })
    announce(`Key point ${keyPoint + 1} ${ticked ? 'ticked' : 'unticked'}: ${text}`)
  }

  function flag(redFlag: number): void {
    const shown = tickable()
    const text = shown?.redFlags[redFlag]?.says
    if (shown === null || text === undefined) return
    if (evidence.bind({ kind: 'red-flag', index: redFlag })) return
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
    's -': markNotAssessed,
    m: mark,
  }
}
