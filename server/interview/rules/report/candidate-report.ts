import type { CandidateReport, CandidateReportQuestion } from '#contract/interview/report.ts'
import type { Question } from '#contract/interview/plan.ts'
import type { RecordedRequest } from '#contract/interview/recorded-request.ts'
import type { Sharing } from '#contract/interview/sharing.ts'
import { settled } from '../decide/due.ts'
import type { CardState, QuestionState, RoomState } from '../room-state.ts'
import { textsOf } from '../evolve/bugs.ts'
import { EMPTY_DOCUMENT, textOf, wholeOf } from '../text-document.ts'
import { hasReport } from '../views/candidate-view.ts'
import { candidateName, maySeeCard } from '../views/visible-card.ts'
import { sharedQuotes } from './quotes.ts'
import { questionState, timeOf } from './report.ts'

/**
 * The candidate's report: only questions that were asked, and only the parts that interviewers share. Nothing of a card is included
 * before it is handed in.
 * @returns null when nothing is shared
 */
export function candidateReport(state: RoomState, now: number): CandidateReport | null {
  return reportOf(state, now, () => true)
}

/**
 * What the candidate would get if an interviewer shared this, without cards that the interviewer may not see yet.
 * @param sharing the common parts, and the parts of the interviewer's own card, which show once that is handed in
 */
export function candidateReportPreview(
  state: RoomState,
  viewer: string,
  { sharing, now, hideNames }: { sharing: Sharing; now: number; hideNames: boolean },
): CandidateReport | null {
  const mine = state.cards[viewer]
  const cards =
    mine === undefined ? state.cards : { ...state.cards, [viewer]: { ...mine, shared: sharing.card } }
  const shared = { ...state, parts: sharing.parts, cards }
  const report = reportOf(shared, now, (owner) => maySeeCard(state, viewer, owner))
  return report && { ...report, candidate: candidateName(state, hideNames) }
}

function reportOf(
  unsettled: RoomState,
  now: number,
  mayShow: (owner: string) => boolean,
): CandidateReport | null {
  const at = Math.max(now, unsettled.at)
  const state = settled(unsettled, at)
  if (state.candidate === null || !hasReport(state)) return null
  const cards = Object.entries(state.cards)
    .filter(([id, { card }]) => card.handedIn !== null && mayShow(id))
    .map(([, card]) => card)
  return {
    ...{ format: 'viva-candidate-report', version: 1 },
    candidate: state.candidate.name,
    startedAt: state.startedAt,
    endedAt: state.endedAt,
    questions: state.plan.questions
      .filter(({ key }) => questionState(state, key).askedAt !== null)
      .map((planned) => questionOf(state, planned, cards, at)),
    notes: cards
      .filter(({ shared }) => shared.notes)
      .map(({ name, notes }) => ({ interviewer: name, text: textOf(notes[''] ?? EMPTY_DOCUMENT) }))
      .filter(({ text }) => text !== ''),
    strengths: cards
      .filter(({ shared }) => shared.strengths)
      .map(({ name, notes }) => ({ interviewer: name, text: textOf(notes.strengths ?? EMPTY_DOCUMENT) }))
      .filter(({ text }) => text !== ''),
    study: [...state.parts.study],
  }
}

function questionOf(
  state: RoomState,
  planned: Question,
  cards: readonly CardState[],
  at: number,
): CandidateReportQuestion {
  const { key, title, question } = planned
  const { parts } = state
  const current = questionState(state, key)
  return {
    ...{ title, question, asked: true },
    ...(parts.answers && { answer: textOf(wholeOf(current)), ...shown(planned, current) }),
    ...(parts.requests && { requests: state.requests.filter((request) => request.question === key) }),
    ...(parts.times && { time: timeOf(current, at) }),
    ...(parts.modelAnswers && { modelAnswer: planned.answer }),
    marks: cards.flatMap((card) => markOf(card, planned, state.requests)),
  }
}

/** The code, the task and the bug under a question, with what was expected and changed. */
function shown(
  { task, bug, snippets }: Question,
  { expectation, files }: QuestionState,
): Pick<CandidateReportQuestion, 'task' | 'bug' | 'snippets'> {
  return {
    ...(task && { task: { title: task.title, ask: task.ask, expectation: expectation?.text ?? null } }),
    ...(bug && {
      bug: { title: bug.title, ask: bug.ask, given: bug.files, files: textsOf(files, true) },
    }),
    ...(snippets.length > 0 && { snippets }),
  }
}

function markOf(
  { name, card, notes, shared }: CardState,
  { key, keyPoints }: Question,
  requests: readonly RecordedRequest[],
): CandidateReportQuestion['marks'] {
  if (!shared.scores && !shared.keyPoints && !shared.notes) return []
  const ticks = card.ticks[key] ?? []
  const written = shared.notes && { notes: textOf(notes[key] ?? EMPTY_DOCUMENT) }
  if (card.notAssessed.includes(key)) {
    const reason = (shared.scores || shared.keyPoints) && { notAssessed: true as const }
    return [{ interviewer: name, ...reason, ...written }]
  }
  return [
    {
      interviewer: name,
      ...(shared.scores && { score: card.scores[key] ?? null }),
      ...(shared.keyPoints && {
        keyPoints: keyPoints.map((text, index) => {
          const mentioned = ticks.includes(index)
          return { text, mentioned, quotes: mentioned ? sharedQuotes(card, key, index, requests) : [] }
        }),
      }),
      ...written,
    },
  ]
}
