import type { HostCommand } from '#contract/interview/commands.ts'
import type { QuoteTarget } from '#contract/interview/evidence.ts'
import type { Interviewer } from '#contract/interview/interview.ts'
import type { NotesSubject, Recommendation } from '#contract/interview/recommendation.ts'
import type { Signal } from '#contract/interview/signal.ts'
import type { RoomState } from '../room-state.ts'
import { IDA, JON, newId } from './room.ts'
import { openTab } from './tab.ts'

export type Who = 'ida' | 'jon'

/** One thing that a person does, or that happens. */
export type Action =
  /** In the answer, or in a file of the present question's bug. */
  | { do: 'type'; tab: 0 | 1; letters: string; at: number; file?: string | undefined }
  | { do: 'erase'; tab: 0 | 1; at: number; length: number; file?: string | undefined }
  | { do: 'run'; question: string; failed: readonly string[] }
  | { do: 'keep-run'; who: Who; question: string }
  | { do: 'offline' | 'online'; tab: 0 | 1 }
  | { do: 'go-to' | 'announce'; who: Who; question: string }
  | { do: 'withdraw' | 'take-lead'; who: Who }
  | { do: 'pause' | 'resume' | 'add-time' | 'reveal' | 'mark' | 'hand-in' | 'take-back' | 'end'; who: Who }
  | { do: 'score'; who: Who; question: string; score: number; ago: number }
  | { do: 'quote'; who: Who; question: string; target: QuoteTarget; words: string; ago: number }
  /** Binds the newest recorded request, or removes the newest quote. */
  | { do: 'quote-request' | 'unquote'; who: Who }
  | { do: 'tick'; who: Who; question: string; keyPoint: number; ticked: boolean; ago: number }
  | { do: 'flag'; who: Who; question: string; redFlag: number; raised: boolean }
  | { do: 'not-assessed'; who: Who; question: string; notAssessed: boolean }
  | { do: 'note'; who: Who; question: NotesSubject }
  | { do: 'recommend'; who: Who; recommendation: Recommendation | null }
  | { do: 'connect'; who: Who | 'candidate'; connection: number }
  | { do: 'disconnect'; connection: number }
  | { do: 'instance-lost' | 'request' | 'repeat' | 'restart' }
  | { do: 'wait'; milliseconds: number }
  | { do: 'expect'; tab: 0 | 1; question: string; text: string | null }
  /** The candidate of a room on own time. */
  | { do: 'begin' }
  | { do: 'leave' | 'next'; question: string }
  | { do: 'signal'; question: string; signal: Signal | null }
  /** Minutes from now. */
  | { do: 'set-deadline'; who: Who; startBy: number; endBy: number }
  | { do: 'set-extra-time'; who: Who; percent: number }

/** What happens in a room, led by an interviewer or on the candidate's own time. */
export interface Course {
  alone: boolean
  actions: readonly Action[]
}

export const PEOPLE: Record<Who, Interviewer> = { ida: IDA, jon: JON }

type HostAction = Extract<Action, { who: Who }>

/** The command of what an interviewer does. */
export function commandOf(
  action: Exclude<HostAction, { do: 'connect' | 'set-deadline' | 'set-extra-time' }>,
  { state, now }: { state: RoomState; now: number },
): HostCommand {
  const id = newId()
  const present = 'q1'
  switch (action.do) {
    case 'go-to':
    case 'announce':
      return { id, type: action.do, question: action.question }
    case 'score':
      return {
        ...{ id, type: 'score', question: action.question, score: action.score },
        about: now - action.ago,
      }
    case 'tick':
      return {
        ...{ id, type: 'tick', question: action.question, keyPoint: action.keyPoint, ticked: action.ticked },
        about: now - action.ago,
      }
    case 'quote': {
      const source = { kind: 'answer' as const, words: `quote-of-${action.who} ${action.words}`, position: 0 }
      const { question, target, ago } = action
      return { id, type: 'quote', quote: newId(), question, target, source, about: now - ago }
    }
    case 'quote-request': {
      const newest = state.requests.at(-1)
      const source = { kind: 'request' as const, request: newest?.id ?? newId() }
      const target = { kind: 'key-point' as const, index: 0 }
      return { id, type: 'quote', quote: newId(), question: newest?.question ?? present, target, source }
    }
    case 'keep-run': {
      const error = { type: 'Error', message: 'own-run-error', place: null }
      return {
        id,
        type: 'keep-run',
        question: action.question,
        run: { files: '00000000', error, claims: [] },
      }
    }
    case 'unquote': {
      const mine = state.cards[PEOPLE[action.who].id]?.card.quotes
      return { id, type: 'unquote', quote: mine?.at(-1)?.id ?? newId() }
    }
    case 'flag':
      return { id, type: 'flag', question: action.question, redFlag: action.redFlag, raised: action.raised }
    case 'not-assessed': {
      const { question, notAssessed } = action
      return { id, type: 'mark-not-assessed', question, notAssessed }
    }
    case 'recommend':
      return { id, type: 'recommend', recommendation: action.recommendation }
    case 'note':
      return {
        id,
        type: 'write-notes',
        question: action.question,
        update: openTab().type(`note-of-${action.who}`),
      }
    case 'mark':
      return { id, type: 'mark', moment: newId(), label: `moment-of-${action.who}` }
    case 'add-time':
      return { id, type: 'add-time', milliseconds: 60_000 }
    case 'reveal':
      return { id, type: 'reveal', question: present }
    default:
      return { id, type: action.do }
  }
}
