import type { SnippetSource } from '#contract/interview/snippet.ts'
import type { QuestionTask } from '#contract/interview/task.ts'
import type { Lesson } from '#contract/lesson.ts'
import type { Misconception, PracticeSet, TaskView } from '#contract/practice.ts'
import type { Regions } from '../regions.ts'

/**
 * The tasks of a lesson that a question of an interview may carry. A room only resets its sandbox: a task that needs steps of the lesson
 * first, or looks at how the sandbox started, isn't one of them.
 * @param misconceptions of the whole deck
 */
export function questionTasksOf(
  { slug, tasks }: Pick<PracticeSet, 'slug' | 'tasks'>,
  misconceptions: readonly Misconception[],
): QuestionTask[] {
  const beliefs = new Map(misconceptions.map(({ id, belief }) => [id, belief]))
  return tasks.filter(isForRooms).map(({ id, title, ask, start, sent, expect, traps, hints, solution }) => ({
    ...{ lesson: slug, id, title, ask, start: start ?? null, sent, expect, hints, solution },
    traps: traps.map(({ misconception, ...trap }) => ({
      ...trap,
      belief: (misconception !== undefined && beliefs.get(misconception)) || null,
    })),
  }))
}

function isForRooms({ after, expect, traps }: TaskView): boolean {
  const traced = [expect, ...traps.flatMap((trap) => trap.expect ?? [])].flatMap(({ trace }) => trace ?? [])
  return after.length === 0 && traced.every(({ startUp }) => startUp !== true)
}

/** The regions that a lesson shows, as code in both languages, each moved to the left margin. */
export function snippetSourcesOf({ code }: Pick<Lesson, 'code'>, regions: Regions): SnippetSource[] {
  return code.map(({ region, says }) => ({
    ...{ region, says },
    python: toMargin(regions.python.get(region)?.code ?? ''),
    typescript: toMargin(regions.typescript.get(region)?.code ?? ''),
  }))
}

function toMargin(code: string): string {
  const lines = code
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n')
  const indent = /^\s*/.exec(lines[0] ?? '')?.[0] ?? ''
  return lines
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
    .join('\n')
}
