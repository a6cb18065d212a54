import * as Y from 'yjs'
import { decodeBase64 } from '#contract/interview/base64.ts'
import type { ClockChange } from '#contract/interview/answer-time.ts'
import type { Replay } from '#contract/interview/replay.ts'

/** The changes of a question's clock in a session. */
export function clockChangesOf({ steps }: Replay, question: string): ClockChange[] {
  return steps.flatMap((step): ClockChange[] => {
    const { at, kind } = step
    const isClock = kind === 'asked' || kind === 'left' || kind === 'paused' || kind === 'resumed'
    return isClock && step.question === question ? [{ at, kind }] : []
  })
}

/** When words first stood in the answer to a question, in milliseconds since 1970; null if they never did. */
export function firstTimeOf({ steps }: Replay, question: string, words: string): number | null {
  const doc = new Y.Doc()
  for (const step of steps) {
    if (step.kind !== 'text' || step.question !== question) continue
    Y.applyUpdate(doc, decodeBase64(step.update))
    if (doc.getText('text').toString().includes(words)) return step.at
  }
  return null
}
