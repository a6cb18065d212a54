import type { CandidateCommand, HostCommand } from '#contract/interview/commands.ts'
import type { Interviewer } from '#contract/interview/interview.ts'
import { LIMITS } from '#contract/interview/limits.ts'
import { isRefusal, refuse, stamped, type Decision, type Verdict } from '../decision.ts'
import { evolveAll } from '../evolve/evolve.ts'
import type { RoomState } from '../room-state.ts'
import { arranges, setDeadline, setExtraTime } from './arrangements.ts'
import { addTime, pause, resume } from './clock.ts'
import { dueEvents } from './due.ts'
import { editFile, keepRun, reportRun } from './bugs.ts'
import { begin, leave, next } from './own-time.ts'
import { led, leads, takeLead } from './lead.ts'
import { announce, end, goTo, openFollowUp, reveal, withdraw } from './questions.ts'
import { quote, unquote } from './quoting.ts'
import { flag, handIn, mark, markNotAssessed, recommend, score, takeBack, tick, unmark } from './scoring.ts'
import { share } from './sharing.ts'
import { signal } from './signals.ts'
import { expectOfTask } from './tasks.ts'
import { writeAnswer, writeNotes } from './texts.ts'

/** Commands that an interviewer can use when a room is nearly full: it can still be ended, scored and shared. */
const CLOSING = ['end', 'hand-in', 'take-back', 'share', 'readmit']

/** Events that may be needed to close a full room. */
export const RESERVED_FOR_CLOSING = 100

/**
 * The result of an interviewer's command.
 * @param interviewer whose access to the room has been checked
 * @param now milliseconds since the Unix epoch
 */
export function decideHost(
  state: RoomState,
  interviewer: Interviewer,
  command: HostCommand,
  now: number,
): Decision {
  const maxEvents = LIMITS.events - (CLOSING.includes(command.type) ? 0 : RESERVED_FOR_CLOSING)
  return decide(state, { command: command.id, now, maxEvents }, (room, at) => {
    const verdict = hostVerdict(room, interviewer.id, command, at)
    if (isRefusal(verdict)) return verdict
    const allowed = leads(command) ? led(room, interviewer.id, verdict) : verdict
    if (isRefusal(allowed) || allowed.length === 0 || arranges(command)) return allowed
    return [...introduced(room, interviewer), ...allowed]
  })
}

/** The result of a candidate's command. That the seat is theirs has been checked. */
export function decideCandidate(state: RoomState, command: CandidateCommand, now: number): Decision {
  return decide(
    state,
    { command: command.id, now, maxEvents: LIMITS.events - RESERVED_FOR_CLOSING },
    (room, at) => {
      switch (command.type) {
        case 'write':
          return writeAnswer(room, command, at)
        case 'expect':
          return expectOfTask(room, command, at)
        case 'edit-file':
          return editFile(room, command, at)
        case 'report-run':
          return reportRun(room, command, at)
        case 'begin':
          return begin(room)
        case 'leave':
          return leave(room, command.question)
        case 'next':
          return next(room, command.question)
        case 'signal':
          return signal(room, command)
      }
    },
  )
}

/**
 * Every command: if it was done before, nothing happens; else first what is due, then the rule itself. Time never runs backwards.
 * @param maxEvents the command is refused if the room would have more events
 */
export function decide(
  state: RoomState,
  { command, now, maxEvents }: { command: string | null; now: number; maxEvents: number },
  rule: (room: RoomState, at: number) => Verdict,
): Decision {
  if (command !== null && state.handled.has(command)) return { events: [] }
  const at = Math.max(now, state.at)
  const due = dueEvents(state, at)
  const verdict = rule(evolveAll(state, due), at)
  if (isRefusal(verdict)) return verdict
  if (verdict.length > 0 && state.number + due.length + verdict.length > maxEvents) {
    return refuse('full', 'This room is full and can’t record any more.')
  }
  return { events: [...due, ...stamped(verdict, at, command)] }
}

function hostVerdict(room: RoomState, me: string, command: HostCommand, at: number): Verdict {
  switch (command.type) {
    case 'go-to':
      return goTo(room, command.question)
    case 'announce':
      return announce(room, command.question, at)
    case 'withdraw':
      return withdraw(room)
    case 'take-lead':
      return takeLead(room, me)
    case 'pause':
      return pause(room)
    case 'resume':
      return resume(room)
    case 'add-time':
      return addTime(room, command.milliseconds)
    case 'open-follow-up':
      return openFollowUp(room, command)
    case 'reveal':
      return reveal(room, command.question)
    case 'tick':
      return tick(room, me, command, at)
    case 'flag':
      return flag(room, me, command, at)
    case 'score':
      return score(room, me, command, at)
    case 'quote':
      return quote(room, me, command, at)
    case 'unquote':
      return unquote(room, me, command.quote)
    case 'mark-not-assessed':
      return markNotAssessed(room, me, command)
    case 'recommend':
      return recommend(room, me, command.recommendation)
    case 'write-notes':
      return writeNotes(room, me, command, at)
    case 'mark':
      return mark(room, me, command, at)
    case 'unmark':
      return unmark(room, me, command.moment)
    case 'end':
      return end(room)
    case 'hand-in':
      return handIn(room, me)
    case 'take-back':
      return takeBack(room, me)
    case 'readmit':
      return readmit(room, me)
    case 'keep-run':
      return keepRun(room, me, command)
    case 'share':
      return share(room, me, command)
    case 'set-deadline':
      return setDeadline(room, me, command.deadline, at)
    case 'set-extra-time':
      return setExtraTime(room, me, command.extraTime)
  }
}

/** An interviewer enters a room with their first command or connection. */
export function introduced(room: RoomState, { id, name }: Interviewer): Extract<Verdict, unknown[]> {
  if (room.cards[id]?.name === name) return []
  return [{ type: 'interviewer-joined', interviewer: id, name }]
}

/** Lets the code work once more. The current candidate keeps the seat until someone joins with it. */
function readmit(room: RoomState, interviewer: string): Verdict {
  if (room.candidate === null) return refuse('not-yet', 'No one has joined yet, so the code still works.')
  return room.seatFree ? [] : [{ type: 'seat-freed', interviewer }]
}
