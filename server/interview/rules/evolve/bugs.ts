import { decodeBase64 } from '#contract/interview/base64.ts'
import type { RoomEventOf } from '../room-events.ts'
import type { FileState, QuestionState, RoomState } from '../room-state.ts'
import { EMPTY_DOCUMENT, textOf, wholeOf, withUpdate } from '../text-document.ts'

/** The candidate's files, and runs of them. */
export function evolveBugs(
  state: RoomState,
  event: RoomEventOf<'file-edited' | 'run-reported' | 'run-kept'>,
): RoomState {
  const question = state.questions[event.question]
  if (question === undefined) return state
  const changed = { ...state, questions: { ...state.questions, [event.question]: after(question, event) } }
  if (event.type !== 'file-edited') return changed
  return { ...changed, textBytes: state.textBytes + decodeBase64(event.update).length }
}

function after(
  question: QuestionState,
  event: RoomEventOf<'file-edited' | 'run-reported' | 'run-kept'>,
): QuestionState {
  const { at } = event
  switch (event.type) {
    case 'run-reported':
      return { ...question, runs: [...question.runs, { run: event.run, at, late: event.late }] }
    case 'run-kept': {
      const { run, interviewer } = event
      return { ...question, ownRuns: [...question.ownRuns, { run, at, interviewer }] }
    }
    case 'file-edited': {
      const before = fileOf(question, event.file)
      const update = decodeBase64(event.update)
      const file = event.late
        ? { ...before, late: withUpdate(wholeOf(before), update, at) }
        : { ...before, answer: withUpdate(before.answer, update, at) }
      return {
        ...question,
        files: { ...question.files, [event.file]: file },
        filesLateAt: event.late ? at : question.filesLateAt,
      }
    }
  }
}

/** A file of a question: empty if the candidate hasn't changed it. */
export function fileOf({ files }: Pick<QuestionState, 'files'>, file: string): FileState {
  return files[file] ?? { answer: EMPTY_DOCUMENT, late: EMPTY_DOCUMENT }
}

/** Files of a question that is asked again: they continue from all that was written. */
export function continued(files: QuestionState['files']): QuestionState['files'] {
  return mapFiles(files, (file) => ({ answer: wholeOf(file), late: EMPTY_DOCUMENT }))
}

/** The text of each file that was changed. @param withLate whether what arrived late is part of it */
export function textsOf(files: QuestionState['files'], withLate: boolean): Record<string, string> {
  const texts = mapFiles(files, (file) => (withLate ? wholeOf(file) : file.answer))
  return Object.fromEntries(
    Object.entries(texts).flatMap(([path, text]) => (text.at === null ? [] : [[path, textOf(text)]])),
  )
}

function mapFiles<T>(files: QuestionState['files'], to: (file: FileState) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(files).map(([path, file]) => [path, to(file)]))
}
