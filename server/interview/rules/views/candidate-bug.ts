import { encodeBase64 } from '#contract/interview/base64.ts'
import type { CandidateBug } from '#contract/interview/candidate-view.ts'
import type { Question } from '#contract/interview/plan.ts'
import type { RoomState } from '../room-state.ts'
import { updateOf, wholeOf } from '../text-document.ts'

/** The bug of a question as the candidate sees it: what was reported and the project that has it, and nothing that helps. */
export function candidateBug(state: RoomState, { key, bug }: Question): CandidateBug | null {
  const question = state.questions[key]
  if (bug === null || question === undefined) return null
  const { title, ask, files, paths, steps } = bug
  return {
    ...{ title, ask, files, paths, steps },
    edits: Object.fromEntries(
      Object.entries(question.files).map(([path, file]) => [path, encodeBase64(updateOf(wholeOf(file)))]),
    ),
    runs: question.runs.length,
  }
}
