import { resolve } from 'node:path'
import { runnerImport } from 'vite'

/** `npm run content:check [folder]`: reads a deck as the build does and lists every problem with its file and line. */
const root = resolve(import.meta.dirname, '..')
const folder = process.argv[2] ?? process.env.CONTENT_DIR ?? 'content/lessons'
const { module: content } = await runnerImport(resolve(root, 'deck/load.ts'))

try {
  const deck = await content.loadDeck(resolve(folder), root)
  const claims = deck.flatMap((lesson) => lesson.steps.flatMap((step) => step.claims))
  const tasks = deck.flatMap(({ practice }) => practice.tasks)
  const quizzes = deck.flatMap(({ practice }) => practice.quizzes)
  console.log(
    `${deck.length} lessons, ${claims.length} claims, ${tasks.length} tasks, ${quizzes.length} quizzes: no problems found.`,
  )
} catch (error) {
  if (error.name !== 'ContentError') throw error
  const count = error.faults.length
  console.error(`${error.message}\n\n${count} ${count === 1 ? 'problem' : 'problems'} found.`)
  process.exitCode = 1
}
