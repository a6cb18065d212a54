import type { TabRun, QuestionBug } from '#contract/interview/bug.ts'
import { LATE_MS, LIMITS } from '#contract/interview/limits.ts'
import type { QuestionKey } from '#contract/interview/plan.ts'
import { isRefusal, refuse, type Refusal, type Verdict } from '../decision.ts'
import { planned, type QuestionState, type RoomState } from '../room-state.ts'
import { wholeOf } from '../text-document.ts'
import { fileOf } from '../evolve/bugs.ts'
import { isLate, judgeText } from './texts.ts'

/** A part of a file that the candidate changed. It is accepted as long as an answer is, and late after the same time. */
export function editFile(
  room: RoomState,
  { question: key, file, update }: { question: QuestionKey; file: string; update: string },
  at: number,
): Verdict {
  const found = openBug(room, key, at)
  if (isRefusal(found)) return found
  if (!found.bug.paths.includes(file)) return refuse('unknown', 'The project has no such file to change.')
  const refusal = judgeText(room, wholeOf(fileOf(found.state, file)), update, at)
  return (
    refusal ?? [
      { type: 'file-edited', question: key, file, update, late: isLate(room, key, found.state, at) },
    ]
  )
}

/** What a run came to in the candidate's browser. It is evidence of what that browser said, and of no more. */
export function reportRun(
  room: RoomState,
  { question: key, run }: { question: QuestionKey; run: TabRun },
  at: number,
): Verdict {
  const found = openBug(room, key, at)
  if (isRefusal(found)) return found
  const refusal = notOfBug(found.bug, run)
  if (refusal !== null) return refusal
  const runs = Object.values(room.questions).reduce((sum, one) => sum + one.runs.length, 0)
  if (runs >= LIMITS.runs) {
    return refuse(
      'full',
      `This interview has recorded ${runs} runs and can’t record any more. You can still run the checks.`,
    )
  }
  return [{ type: 'run-reported', question: key, run, late: isLate(room, key, found.state, at) }]
}

/** What the candidate's files came to in an interviewer's own tab. */
export function keepRun(
  room: RoomState,
  interviewer: string,
  { question: key, run }: { question: QuestionKey; run: TabRun },
): Verdict {
  const found = bugOf(room, key)
  if (isRefusal(found)) return found
  const refusal = notOfBug(found.bug, run)
  if (refusal !== null) return refusal
  const kept = Object.values(room.questions).reduce((sum, one) => sum + one.ownRuns.length, 0)
  if (kept >= LIMITS.ownRuns) {
    return refuse('full', `${kept} results are kept, the most that a room can hold. This one isn’t.`)
  }
  return [{ type: 'run-kept', interviewer, question: key, run }]
}

interface Found {
  bug: QuestionBug
  state: QuestionState
}

/** The bug of a question that the candidate may still work on. */
function openBug(room: RoomState, key: QuestionKey, at: number): Found | Refusal {
  const found = bugOf(room, key)
  if (isRefusal(found)) return found
  if (room.endedAt !== null && at > room.endedAt + LATE_MS)
    return refuse('too-late', 'The interview is over.')
  return found
}

function bugOf(room: RoomState, key: QuestionKey): Found | Refusal {
  const state = room.questions[key]
  // A question that wasn't asked gets the same refusal as one that doesn't exist.
  if (state === undefined || state.askedAt === null)
    return refuse('not-yet', 'That question has not been asked.')
  const bug = planned(room, key)?.bug ?? null
  return bug === null ? refuse('unknown', 'That question has no bug to fix.') : { bug, state }
}

/** A run has to be one of this bug's checks: no claim of another question, and none twice. */
function notOfBug({ steps }: QuestionBug, run: TabRun): Refusal | null {
  const known = new Set(steps.flatMap(({ id, claims }) => claims.map((claim) => `${id}/${claim.id}`)))
  const names = run.claims.map(({ name }) => name)
  const isOther = names.some((name) => !known.has(name)) || new Set(names).size < names.length
  const isBoth = run.error !== null && names.length > 0
  if (!isOther && !isBoth) return null
  return refuse(
    'malformed',
    isOther ? 'These are not the checks of this question.' : 'What doesn’t run has no claims.',
  )
}
