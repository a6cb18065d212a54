import type { Grid, GridRow } from '#contract/interview/grid.ts'
import type { Interviewer } from '#contract/interview/interview.ts'
import type { Plan } from '#contract/interview/plan.ts'
import { settled } from '../decide/due.ts'
import { planned, type RoomState } from '../room-state.ts'
import { candidateName, visibleCards } from '../views/visible-card.ts'
import { recommendationsInGrid } from './recommendations.ts'
import { questionState, timeOf } from './report.ts'

const NOT_IN_SET = { inSet: false, asked: false, scores: [], notAssessed: [], ticks: [], used: 0 }

interface GridOptions {
  now: number
  hideNames: boolean
  /** Ids of the interviewers who still have access: recommendations wait for their scorecards. */
  interviewers: ReadonlySet<string>
}

/**
 * The table of candidates by questions, as one interviewer may see it.
 * @param rooms in the order in which they are shown
 */
export function gridFor(
  plan: Plan,
  rooms: readonly RoomState[],
  viewer: Interviewer,
  { now, hideNames, interviewers }: GridOptions,
): Grid {
  const names = new Map<string, string>()
  for (const state of rooms) {
    for (const [id, { name }] of visibleCards(state, viewer.id)) names.set(id, name)
  }
  return {
    title: plan.title,
    questions: plan.questions.map(({ key, title, keyPoints }) => ({
      key,
      title,
      keyPoints: keyPoints.length,
    })),
    interviewers: [...names].map(([id, name]) => ({ id, name })),
    rows: rooms.map((state) => {
      return rowOf(plan, state, viewer.id, { now: Math.max(now, state.at), hideNames, interviewers })
    }),
  }
}

function rowOf(
  plan: Plan,
  unsettled: RoomState,
  viewer: string,
  { now, hideNames, interviewers }: GridOptions,
): GridRow {
  const state = settled(unsettled, now)
  const cards = visibleCards(state, viewer)
  return {
    room: state.room,
    candidate: candidateName(state, hideNames),
    phase: state.phase,
    deadline: state.deadline,
    extraTime: state.extraTime,
    recommendations: recommendationsInGrid(state, viewer, interviewers),
    cells: plan.questions.map(({ key }) => {
      if (planned(state, key) === undefined) return { question: key, ...NOT_IN_SET }
      const question = questionState(state, key)
      return {
        question: key,
        inSet: true,
        asked: question.askedAt !== null,
        scores: cards.flatMap(([interviewer, { card }]) => {
          const score = card.scores[key]
          return score === undefined ? [] : [{ interviewer, score }]
        }),
        notAssessed: cards.flatMap(([id, { card }]) => (card.notAssessed.includes(key) ? id : [])),
        ticks: cards.flatMap(([interviewer, { card }]) => {
          const ticks = card.ticks[key]
          if (ticks === undefined || card.notAssessed.includes(key)) return []
          return [{ interviewer, count: ticks.length }]
        }),
        used: timeOf(question, now).used,
      }
    }),
  }
}
