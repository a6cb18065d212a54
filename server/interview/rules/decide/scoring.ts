import type { QuestionKey } from '#contract/interview/plan.ts'
import type { Recommendation } from '#contract/interview/recommendation.ts'
import type { Score } from '#contract/interview/rubric.ts'
import { EMPTY_SCORECARD, type Scorecard } from '#contract/interview/scorecard.ts'
import { LIMITS } from '#contract/interview/limits.ts'
import { refuse, type Refusal, type Verdict } from '../decision.ts'
import { planned, type RoomState } from '../room-state.ts'
import { questionAt, timeAbout } from './time-about.ts'

export function tick(
  room: RoomState,
  interviewer: string,
  {
    question,
    keyPoint,
    ticked,
    about,
  }: { question: QuestionKey; keyPoint: number; ticked: boolean; about?: number | undefined },
  at: number,
): Verdict {
  const refusal = handedIn(room, interviewer) ?? notAsked(room, question)
  if (refusal) return refusal
  if (planned(room, question)?.keyPoints[keyPoint] === undefined) {
    return refuse('unknown', 'There is no such key point.')
  }
  const is = (cardOf(room, interviewer).ticks[question] ?? []).includes(keyPoint)
  if (is === ticked) return []
  const time = timeAbout(room, question, about, at)
  return [{ type: 'key-point-ticked', interviewer, question, keyPoint, ticked, ...time }]
}

export function flag(
  room: RoomState,
  interviewer: string,
  {
    question,
    redFlag,
    raised,
    about,
  }: { question: QuestionKey; redFlag: number; raised: boolean; about?: number | undefined },
  at: number,
): Verdict {
  const refusal = handedIn(room, interviewer) ?? notAsked(room, question)
  if (refusal) return refusal
  if (planned(room, question)?.redFlags[redFlag] === undefined) {
    return refuse('unknown', 'There is no such red flag.')
  }
  const is = (cardOf(room, interviewer).flags[question] ?? []).includes(redFlag)
  if (is === raised) return []
  const time = timeAbout(room, question, about, at)
  return [{ type: 'red-flag-raised', interviewer, question, redFlag, raised, ...time }]
}

export function score(
  room: RoomState,
  interviewer: string,
  {
    question,
    score: given,
    about,
  }: { question: QuestionKey; score: Score | null; about?: number | undefined },
  at: number,
): Verdict {
  const refusal = handedIn(room, interviewer) ?? notAsked(room, question)
  if (refusal) return refusal
  const before = cardOf(room, interviewer).scores[question] ?? null
  if (before === given) return []
  return [{ type: 'scored', interviewer, question, score: given, ...timeAbout(room, question, about, at) }]
}

/** Says that nothing in a question counts, or takes that back. What was ticked in it stays on the card in case it is taken back. */
export function markNotAssessed(
  room: RoomState,
  interviewer: string,
  { question, notAssessed }: { question: QuestionKey; notAssessed: boolean },
): Verdict {
  const refusal = handedIn(room, interviewer) ?? notAsked(room, question)
  if (refusal) return refusal
  const is = cardOf(room, interviewer).notAssessed.includes(question)
  return is === notAssessed ? [] : [{ type: 'marked-not-assessed', interviewer, question, notAssessed }]
}

/** Recommends something for the candidate as a whole; null takes it back. */
export function recommend(
  room: RoomState,
  interviewer: string,
  recommendation: Recommendation | null,
): Verdict {
  const refusal = handedIn(room, interviewer)
  if (refusal) return refusal
  if (room.phase !== 'ended') {
    return refuse('not-yet', 'You can give your recommendation once the interview is over.')
  }
  const before = cardOf(room, interviewer).recommendation
  return before === recommendation ? [] : [{ type: 'recommended', interviewer, recommendation }]
}

/** Marks a moment: this one, under the current question, or an earlier one, under the question that was asked then. */
export function mark(
  room: RoomState,
  interviewer: string,
  { moment, label, about }: { moment: string; label: string; about?: number | undefined },
  at: number,
): Verdict {
  const refusal = handedIn(room, interviewer)
  if (refusal) return refusal
  const { moments } = cardOf(room, interviewer)
  if (moments.some(({ id }) => id === moment)) return []
  if (moments.length >= LIMITS.moments)
    return refuse('full', `You have already marked ${LIMITS.moments} moments, the maximum.`)
  if (about === undefined)
    return [{ type: 'moment-marked', interviewer, moment, label, question: room.present }]
  const time = Math.max(room.candidate?.joinedAt ?? 0, Math.min(about, at))
  return [
    { type: 'moment-marked', interviewer, moment, label, question: questionAt(room, time), about: time },
  ]
}

export function unmark(room: RoomState, interviewer: string, moment: string): Verdict {
  const refusal = handedIn(room, interviewer)
  if (refusal) return refusal
  const there = cardOf(room, interviewer).moments.some(({ id }) => id === moment)
  return there ? [{ type: 'moment-removed', interviewer, moment }] : []
}

/** Makes the scorecard final. From then on, those who have handed in theirs see each other's. */
export function handIn(room: RoomState, interviewer: string): Verdict {
  if (room.phase !== 'ended') {
    return refuse('not-yet', 'You can submit your scorecard once the interview is over.')
  }
  return cardOf(room, interviewer).handedIn === null ? [{ type: 'handed-in', interviewer }] : []
}

/** Reopens one's own scorecard, as long as no one can have seen it and its owner has seen no other. */
export function takeBack(room: RoomState, interviewer: string): Verdict {
  if (cardOf(room, interviewer).handedIn === null) return []
  const others = Object.entries(room.cards).filter(([id]) => id !== interviewer)
  if (others.some(([, { card }]) => card.handedIn !== null)) {
    return refuse(
      'too-late',
      'Another interviewer has submitted theirs as well, so you have seen each other’s scorecards.',
    )
  }
  return [{ type: 'taken-back', interviewer }]
}

export function cardOf(room: RoomState, interviewer: string): Scorecard {
  return room.cards[interviewer]?.card ?? EMPTY_SCORECARD
}

/** Why a scorecard can no longer be changed. */
export function handedIn(room: RoomState, interviewer: string): Refusal | null {
  return cardOf(room, interviewer).handedIn === null
    ? null
    : refuse('too-late', 'You have submitted your scorecard.')
}

export function notAsked(room: RoomState, question: QuestionKey): Refusal | null {
  const state = room.questions[question]
  if (state === undefined) return refuse('unknown', 'There is no such question in this plan.')
  return state.askedAt === null ? refuse('not-yet', 'That question has not been asked.') : null
}
