import { readFile } from 'node:fs/promises'
import type { LessonQuestion } from '#contract/interview/plan.ts'

/**
 * What each lesson gives to an interview, by slug. The build writes the file from the deck.
 * @throws when it can't be read
 */
export async function readQuestions(file: string): Promise<ReadonlyMap<string, LessonQuestion>> {
  const questions = JSON.parse(await readFile(file, 'utf8')) as LessonQuestion[]
  return new Map(questions.map((question) => [question.slug, question]))
}
