import * as Y from 'yjs'
import { decodeBase64 } from '#contract/interview/base64.ts'
import type { ReportedRun } from '#contract/interview/bug.ts'
import type { Replay, ReplayStep } from '#contract/interview/replay.ts'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import { CodePassages } from '../sync/code-passages.ts'
import { largestInsertion, MIN_PASSAGE, passageLabel } from '../sync/largest-insertion.ts'

/** An event worth finding on the timeline. */
export interface Landmark {
  at: number
  kind: 'question' | 'request' | 'run' | 'moment' | 'passage' | 'gap' | 'end'
  label: string
}

/** A question, as far as its landmarks need it. */
interface MarkedQuestion {
  title: string
  /** The project as the candidate was given it; empty where there is none. */
  given: ProjectFiles
}

/** The events worth finding on the timeline. @param questionOf a question by its key */
export function landmarksOf({ steps }: Replay, questionOf: (key: string) => MarkedQuestion): Landmark[] {
  const passageIn = codePassages((key) => questionOf(key).given)
  return steps.flatMap((step): Landmark[] => {
    const landmark = step.kind === 'file' ? passageIn(step) : landmarkOf(step, questionOf)
    return landmark === null ? [] : [{ at: step.at, ...landmark }]
  })
}

function landmarkOf(
  step: ReplayStep,
  questionOf: (key: string) => MarkedQuestion,
): Omit<Landmark, 'at'> | null {
  switch (step.kind) {
    case 'asked':
      return { kind: 'question', label: questionOf(step.question).title }
    case 'request':
      return { kind: 'request', label: `${step.request.method} ${step.request.path}, ${step.request.status}` }
    case 'run':
      return { kind: 'run', label: `Checks run: ${runWords(step.run)}` }
    case 'text': {
      const length = step.late ? 0 : largestInsertion(step.update)
      return length < MIN_PASSAGE ? null : { kind: 'passage', label: passageLabel(length) }
    }
    case 'moment':
      return { kind: 'moment', label: step.label || 'Marked moment' }
    case 'disconnected':
      return { kind: 'gap', label: 'Candidate disconnected' }
    case 'ended':
      return { kind: 'end', label: 'End of the interview' }
    default:
      return null
  }
}

function runWords({ run: { error, claims } }: ReportedRun): string {
  if (error !== null) return `doesn’t run, ${error.type}`
  return `${claims.filter(({ held }) => held).length} of ${claims.length} hold`
}

/** Follows the files of every question, and finds passages that appeared in them at once. */
function codePassages(givenOf: (question: string) => ProjectFiles) {
  const questions = new Map<string, { passages: CodePassages; files: Map<string, Y.Text> }>()
  return ({
    question,
    file,
    update,
    late,
  }: Extract<ReplayStep, { kind: 'file' }>): Omit<Landmark, 'at'> | null => {
    const known = questions.get(question)
    const { passages, files } = known ?? { passages: new CodePassages(givenOf(question)), files: new Map() }
    if (!known) questions.set(question, { passages, files })
    const text: Y.Text = files.get(file) ?? new Y.Doc().getText('text')
    files.set(file, text)
    const length = passages.measure(
      update,
      [...files.values()].map((one: Y.Text) => one.toString()),
    )
    if (text.doc) Y.applyUpdate(text.doc, decodeBase64(update))
    return late || length === 0 ? null : { kind: 'passage', label: passageLabel(length, file) }
  }
}
