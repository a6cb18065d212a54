import { hasBug, hasPlayground } from '#contract/interview/plan.ts'
import type { CandidateQuestion, CandidateView } from '#contract/interview/candidate-view.ts'
import type { JoinInfo } from '#contract/interview/interview.ts'
import { totalMinutes } from '#contract/interview/extra-time.ts'
import { encodeBase64 } from '#contract/interview/base64.ts'
import { settled } from '../decide/due.ts'
import { noticeOf } from '../decide/joining.ts'
import { planned, type RoomState } from '../room-state.ts'
import { updateOf, wholeOf } from '../text-document.ts'
import { candidateBug } from './candidate-bug.ts'
import { candidateTask } from './candidate-task.ts'
import { gapsOf, presenceOf, type ViewContext } from './presence-view.ts'

/**
 * A room as the candidate sees it. Every field is listed and comes from the current question: no part of the plan or a scorecard is
 * copied as a whole.
 * @throws RangeError when no one has joined
 */
export function candidateView(unsettled: RoomState, seen: ViewContext): CandidateView {
  const now = Math.max(seen.now, unsettled.at)
  const state = settled(unsettled, now)
  if (state.candidate === null) throw new RangeError('no one has joined this room')
  const { name } = state.candidate
  const { room, mode, deadline, phase, endedAt, plan, sandbox, keptUntil, code, extraTime } = state
  return {
    ...{ room, name, now, mode, deadline, phase, endedAt, sandbox, keptUntil, code },
    timeWasUp: leftByTime(state),
    number: unsettled.candidateNumber,
    questions: plan.questions.length,
    asked: Object.values(state.questions).filter(({ askedAt }) => askedAt !== null).length,
    minutes: totalMinutes(plan.questions, extraTime),
    playground: hasPlayground(plan),
    bug: hasBug(plan),
    question: presentQuestion(state),
    comingAt: state.coming?.due ?? null,
    leftQuestion: state.present === null && phase === 'running' ? state.lastLeft : null,
    interviewers: Object.entries(state.cards).map(([id, card]) => ({
      name: card.name,
      presence: presenceOf(state, id, seen),
    })),
    gaps: gapsOf(state, (id) => (id === null ? name : (state.cards[id]?.name ?? ''))),
    report: hasReport(state),
    recorded: [...state.candidate.told],
  }
}

function presentQuestion(state: RoomState): CandidateQuestion | null {
  const key = state.phase === 'running' ? state.present : null
  const asked = key === null ? undefined : planned(state, key)
  const question = key === null ? undefined : state.questions[key]
  if (asked === undefined || question === undefined) return null
  return {
    key: asked.key,
    number: numberOf(state, asked.key),
    title: asked.title,
    question: asked.question,
    clock: question.clock,
    followUps: question.followUps.flatMap((index) => asked.followUps[index]?.question ?? []),
    revealed: question.revealedAt === null ? null : asked.answer,
    playground: asked.playground,
    signal: state.signal?.kind ?? null,
    task: candidateTask(state, asked),
    bug: candidateBug(state, asked),
    snippets: asked.snippets,
    answer: encodeBase64(updateOf(wholeOf(question))),
  }
}

function leftByTime({ present, lastLeft, questions }: RoomState): boolean {
  return present === null && lastLeft !== null && questions[lastLeft]?.leftBy === 'time'
}

/** The place of a question in the order in which questions were first asked, from 1. */
function numberOf({ plan, questions }: RoomState, key: string): number {
  const asked = plan.questions
    .map((question) => ({ key: question.key, askedAt: questions[question.key]?.askedAt ?? Infinity }))
    .sort((one, other) => one.askedAt - other.askedAt)
  return asked.findIndex((question) => question.key === key) + 1
}

/** Whether an interviewer has shared any part of a report. */
export function hasReport({ parts, cards, phase }: RoomState): boolean {
  const { answers, requests, times, modelAnswers, study } = parts
  const common = answers || requests || times || modelAnswers || study.length > 0
  const ofCards = Object.values(cards).some(
    ({ card, shared }) => card.handedIn !== null && Object.values(shared).some(Boolean),
  )
  return phase === 'ended' && (common || ofCards)
}

/**
 * What a person with the code sees before joining.
 * @param interviewers names of all interviewers, including those who haven't opened the room yet
 */
export function joinInfo(unsettled: RoomState, interviewers: string[], now: number): JoinInfo {
  const state = settled(unsettled, Math.max(now, unsettled.at))
  const { mode, deadline, plan, keptUntil, extraTime } = state
  return {
    ...{ mode, deadline, keptUntil, interviewers },
    questions: plan.questions.length,
    minutes: totalMinutes(plan.questions, extraTime),
    playground: hasPlayground(plan),
    recorded: noticeOf(state),
    taken: !state.seatFree,
  }
}
