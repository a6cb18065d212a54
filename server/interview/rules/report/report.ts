import { usedBy } from '#contract/interview/clock.ts'
import type { Interviewer } from '#contract/interview/interview.ts'
import type { Question } from '#contract/interview/plan.ts'
import type { Report, ReportBug, ReportMark, ReportQuestion, ReportTime } from '#contract/interview/report.ts'
import { NO_CARD_SHARED } from '#contract/interview/sharing.ts'
import { settled } from '../decide/due.ts'
import { requestsFull } from '../decide/requests.ts'
import type { JudgedRequest } from '#contract/interview/task.ts'
import type { CardState, QuestionState, RoomState } from '../room-state.ts'
import { textsOf } from '../evolve/bugs.ts'
import { EMPTY_DOCUMENT, textOf, wholeOf } from '../text-document.ts'
import { gapsOf } from '../views/presence-view.ts'
import { candidateName, countedTicks, formerNames, maySeeCard, visibleCards } from '../views/visible-card.ts'
import { differences } from './differences.ts'
import { reportQuotes } from './quotes.ts'
import { recommendationsFor } from './recommendations.ts'
import { topicsOf } from './topics.ts'

/** The report on a room as one interviewer may see it: another's card is included once both are handed in. */
export function reportFor(
  unsettled: RoomState,
  viewer: Interviewer,
  { now, hideNames }: { now: number; hideNames: boolean },
): Report {
  const at = Math.max(now, unsettled.at)
  const state = settled(unsettled, at)
  const cards = visibleCards(state, viewer.id)
  const questions = state.plan.questions.map((planned) => reportQuestion(state, planned, cards, at))
  const candidate = candidateName(state, hideNames)
  const { room, interview, mode, startedAt, endedAt } = state
  return {
    ...{ format: 'viva-interview-report', version: 1 },
    ...{ room, interview, mode, startedAt, endedAt, candidate, questions },
    title: state.plan.title,
    formerNames: formerNames(state, hideNames),
    interviewers: Object.entries(state.cards)
      .map(([id, { name, card }]) => ({
        ...{ id, name, handedIn: card.handedIn },
        seen: maySeeCard(state, viewer.id, id),
      }))
      .sort((one, other) => place(cards, one.id) - place(cards, other.id)),
    topics: topicsOf(questions),
    recommendations: recommendationsFor(state, viewer.id),
    notes: cards
      .map(([interviewer, card]) => ({ interviewer, text: textOf(card.notes[''] ?? EMPTY_DOCUMENT) }))
      .filter(({ text }) => text !== ''),
    moments: cards.flatMap(([interviewer, { card }]) =>
      card.moments.map((moment) => ({ interviewer, ...moment })),
    ),
    gaps: gapsOf(state, (id) => (id === null ? candidate : (state.cards[id]?.name ?? ''))),
    requestsFull: requestsFull(state),
    you: viewer,
    shared: { parts: state.parts, card: state.cards[viewer.id]?.shared ?? NO_CARD_SHARED },
    study: questions.flatMap(({ slug, title, marks }) =>
      slug !== null && marks.some(({ score }) => score !== null && score <= 2) ? [{ slug, title }] : [],
    ),
  }
}

function reportQuestion(
  state: RoomState,
  planned: Question,
  cards: readonly [id: string, card: CardState][],
  at: number,
): ReportQuestion {
  const { key, slug, title, question, level, topics, keyPoints, rubric } = planned
  const current = questionState(state, key)
  const written = textOf(wholeOf(current))
  const marks = cards.map(([interviewer, card]) => markOf(interviewer, card, key, written))
  const { answer, late, lateAt, revealedAt } = current
  return {
    ...{ key, slug, title, question, level, topics, keyPoints, rubric, marks, lateAt, revealedAt },
    asked: current.askedAt !== null,
    redFlags: planned.redFlags.map(({ says }) => says),
    answer: textOf(answer),
    withLate: late.at === null ? null : textOf(late),
    followUps: current.followUps.flatMap((index) => planned.followUps[index]?.question ?? []),
    notAssessed: isNotAssessed(marks),
    differ: differences(marks, keyPoints.length, planned.redFlags.length),
    requests: state.requests.filter((request) => request.question === key),
    task: planned.task && {
      task: planned.task,
      expectation: current.expectation,
      judged: judgedOf(state, key),
    },
    bug: bugOf(planned, current),
    snippets: planned.snippets,
    time: timeOf(current, at),
  }
}

function bugOf({ bug }: Question, { files, filesLateAt, runs, ownRuns }: QuestionState): ReportBug | null {
  if (bug === null) return null
  return {
    bug,
    files: textsOf(files, false),
    withLate: filesLateAt === null ? null : textsOf(files, true),
    lateAt: filesLateAt,
    runs: [...runs],
    ownRuns: [...ownRuns],
  }
}

/** What the requests of a question came to in its task. */
function judgedOf({ judged }: RoomState, key: string): JudgedRequest[] {
  return judged
    .filter(({ question }) => question === key)
    .map(({ request, judgement }) => ({ request, judgement }))
}

/** The state of a question of the plan. @throws RangeError when the plan has no such question */
export function questionState(state: RoomState, key: string): QuestionState {
  const found = state.questions[key]
  if (found === undefined) throw new RangeError(`no question ${key} in room ${state.room}`)
  return found
}

/** Time used and allotted, in milliseconds. */
export function timeOf({ clock }: QuestionState, at: number): ReportTime {
  return { allotted: clock.allotted, used: usedBy(clock, at) }
}

/** One interviewer's assessment of one question. @param written the whole answer, late text included */
function markOf(interviewer: string, owner: CardState, key: string, written: string): ReportMark {
  const { card } = owner
  const isAssessed = !card.notAssessed.includes(key)
  return {
    interviewer,
    score: card.scores[key] ?? null,
    notAssessed: !isAssessed,
    ticks: countedTicks(owner, 'ticks', key),
    flags: countedTicks(owner, 'flags', key),
    times: isAssessed ? (card.times[key] ?? {}) : {},
    quotes: isAssessed ? reportQuotes(card, key, written) : [],
    notes: textOf(owner.notes[key] ?? EMPTY_DOCUMENT),
  }
}

/** Someone says so, and no one scored or ticked anything in it. */
function isNotAssessed(marks: readonly ReportMark[]): boolean {
  const assessed = marks.some(({ score, ticks, flags }) => score !== null || ticks.length + flags.length > 0)
  return !assessed && marks.some(({ notAssessed }) => notAssessed)
}

function place(cards: readonly [id: string, card: CardState][], id: string): number {
  const index = cards.findIndex(([owner]) => owner === id)
  return index < 0 ? cards.length : index
}
