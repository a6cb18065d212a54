import type { HostDocument, HostQuestion, HostView } from '#contract/interview/host-view.ts'
import type { Interviewer } from '#contract/interview/interview.ts'
import { EMPTY_SCORECARD } from '#contract/interview/scorecard.ts'
import { NO_CARD_SHARED } from '#contract/interview/sharing.ts'
import { encodeBase64 } from '#contract/interview/base64.ts'
import { settled } from '../decide/due.ts'
import { requestsFull } from '../decide/requests.ts'
import { planned, type RoomState } from '../room-state.ts'
import { updateOf, wholeOf, type TextDocument } from '../text-document.ts'
import { gapsOf, presenceOf, type ViewContext } from './presence-view.ts'
import { candidateName, formerNames, maySeeCard, notesOf } from './visible-card.ts'

export interface HostViewContext extends ViewContext {
  /** Show the room's label instead of the candidate's name. */
  hideNames: boolean
  publicUrl: string | null
}

/** A room as one interviewer sees it now. */
export function hostView(unsettled: RoomState, you: Interviewer, seen: HostViewContext): HostView {
  const now = Math.max(seen.now, unsettled.at)
  const state = settled(unsettled, now)
  const mine = state.cards[you.id]
  const name = candidateName(state, seen.hideNames)
  return {
    room: state.room,
    interview: state.interview,
    label: state.label,
    code: state.code,
    mode: state.mode,
    deadline: state.deadline,
    phase: state.phase,
    endedAt: state.endedAt,
    seatFree: state.seatFree,
    present: state.present,
    coming: state.coming,
    leader: state.leader,
    parts: state.parts,
    keptUntil: state.keptUntil,
    number: unsettled.number,
    now,
    publicUrl: seen.publicUrl,
    candidate: state.candidate && {
      name,
      joinedAt: state.candidate.joinedAt,
      presence: presenceOf(state, null, seen),
      formerNames: formerNames(state, seen.hideNames),
    },
    extraTime: state.extraTime,
    signal: state.signal,
    questions: state.plan.questions.map(({ key }) => hostQuestion(state, key)),
    you,
    card: mine?.card ?? EMPTY_SCORECARD,
    others: Object.entries(state.cards)
      .filter(([id]) => id !== you.id)
      .map(([id, other]) => {
        const visible = maySeeCard(state, you.id, id)
        return {
          id,
          name: other.name,
          presence: presenceOf(state, id, seen),
          handedIn: other.card.handedIn,
          card: visible ? other.card : null,
          notes: visible ? notesOf(other) : null,
        }
      }),
    gaps: gapsOf(state, (id) => (id === null ? name : (state.cards[id]?.name ?? ''))),
    requestsFull: requestsFull(state),
    sharedCard: mine?.shared ?? NO_CARD_SHARED,
  }
}

/** Every text that an interviewer may read or edit: all answers, the candidate's files, and their own notes. */
export function hostTexts(state: RoomState, you: string): { document: HostDocument; update: string }[] {
  const answers = Object.entries(state.questions).map(([question, state]) => ({
    document: { of: 'answer' as const, question },
    text: wholeOf(state),
  }))
  const files = Object.entries(state.questions).flatMap(([question, { files }]) =>
    Object.entries(files).map(([file, text]) => ({
      document: { of: 'file' as const, question, file },
      text: wholeOf(text),
    })),
  )
  const notes = Object.entries(state.cards[you]?.notes ?? {}).map(([of, text]) => ({
    document: { of: 'notes' as const, question: of === '' ? null : of },
    text,
  }))
  return [...answers, ...files, ...notes]
    .filter(({ text }) => text.at !== null)
    .map(({ document, text }) => ({ document, update: encodeBase64(updateOf(text)) }))
}

function hostQuestion(state: RoomState, key: string): HostQuestion {
  const question = state.questions[key]
  if (question === undefined) throw new RangeError(`no question ${key} in room ${state.room}`)
  const { askedAt, leftAt, clock, followUps, revealedAt, answer, late, lateAt, expectation } = question
  const { runs, ownRuns, filesLateAt } = question
  return {
    ...{ key, askedAt, leftAt, clock, revealedAt, lateAt, expectation },
    followUps: [...followUps],
    state: state.present === key ? 'present' : askedAt === null ? 'waiting' : 'left',
    writtenAt: latest(answer, late),
    requests: state.requests.filter((request) => request.question === key).length,
    bug: hasBugToFix(state, key)
      ? { runs: runs.length, last: runs.at(-1) ?? null, lateAt: filesLateAt, own: ownRuns.at(-1) ?? null }
      : null,
  }
}

function hasBugToFix(state: RoomState, key: string): boolean {
  return (planned(state, key)?.bug ?? null) !== null
}

function latest(answer: TextDocument, late: TextDocument): number | null {
  return late.at ?? answer.at
}
