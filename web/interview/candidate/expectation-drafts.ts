import { QuestionKey } from '#contract/interview/plan.ts'
import { ExpectationText } from '#contract/interview/task.ts'
import { readStored, storedKeys } from '../../stores/stored.ts'
import { keepUntilSent } from '../saved.ts'

const prefixOf = (room: string): string => `viva:room:${room}:expects:`

/** What was typed as expected of a question's task, and isn't sent yet. */
export function keptDraft(room: string, question: string): string {
  const kept = readStored(prefixOf(room) + question)
  return typeof kept === 'string' ? kept : ''
}

/** Keeps it in this browser; an empty text removes it. */
export function keepDraft(room: string, question: string, text: string): void {
  keepUntilSent(prefixOf(room) + question, text === '' ? null : text)
}

/** Takes out of this browser what would be lost now that these questions are over. */
export function takeDrafts(
  room: string,
  isOver: (question: string) => boolean,
): { question: string; text: string }[] {
  return storedKeys(prefixOf(room)).flatMap((name) => {
    const question = QuestionKey.safeParse(name.slice(prefixOf(room).length)).data
    if (question === undefined || !isOver(question)) return []
    const text = ExpectationText.safeParse(keptDraft(room, question)).data
    keepDraft(room, question, '')
    return text === undefined ? [] : [{ question, text }]
  })
}
