import type { CandidateTask } from '#contract/interview/candidate-view.ts'
import type { Question } from '#contract/interview/plan.ts'
import { heldOf } from '#contract/interview/task.ts'
import type { RoomState } from '../room-state.ts'

/** The task of a question as the candidate sees it: what is asked, and nothing that judges it or helps. */
export function candidateTask(state: RoomState, { key, task }: Question): CandidateTask | null {
  if (task === null) return null
  const { title, ask, start } = task
  const told = state.judged.findLast(({ question, isTold }) => question === key && isTold)
  return {
    ...{ title, ask, start },
    expectation: state.questions[key]?.expectation ?? null,
    result: told === undefined ? null : { passed: told.judgement.passed, ...heldOf(told.judgement) },
  }
}
