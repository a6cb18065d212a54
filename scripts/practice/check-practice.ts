import type { Lesson } from '#contract/lesson.ts'
import { digestOf, isRunQuiz } from '../../deck/practice/requests.ts'
import type { StoredKeys } from '../../deck/practice/read.ts'
import { keyOfRun } from './quiz-keys.ts'
import { taskProblems } from './task-problems.ts'

/** What the runs of a lesson's practice found. */
export interface LessonRuns {
  lesson: Lesson
  keys: StoredKeys
  /** In sentences, each beginning with the lesson and the quiz or task. */
  problems: string[]
}

/**
 * Runs all that a lesson gives to practise with, each thing in a sandbox of its own.
 * @param origin of the app, such as `http://localhost:8000`
 */
export async function runPractice(origin: string, lesson: Lesson): Promise<LessonRuns> {
  const { tasks, quizzes } = lesson.practice
  const keys: StoredKeys = {}
  const problems: string[] = []
  const report = (id: string, sentences: readonly string[]): void => {
    problems.push(...sentences.map((sentence) => `${lesson.folder}, ${id}: ${sentence}`))
  }
  for (const quiz of quizzes.filter(isRunQuiz)) {
    const found = await keyOfRun(origin, lesson, quiz).catch(asProblem)
    if ('problem' in found) report(quiz.id, [found.problem])
    else keys[quiz.id] = { digest: digestOf(quiz, lesson.steps), key: found.key }
  }
  for (const task of tasks) {
    report(
      task.id,
      await taskProblems(origin, lesson, task).catch((error: unknown) => [asProblem(error).problem]),
    )
  }
  return { lesson, keys, problems }
}

function asProblem(error: unknown): { problem: string } {
  return { problem: `it can't be run: ${error instanceof Error ? error.message : String(error)}` }
}
