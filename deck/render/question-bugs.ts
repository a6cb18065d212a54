import { applyEdits, testsOfBug } from '#contract/bug-edits.ts'
import type { BugView } from '#contract/bug.ts'
import type { QuestionBug } from '#contract/interview/bug.ts'
import type { Lesson } from '#contract/lesson.ts'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import type { Misconception } from '#contract/practice.ts'
import { stepsToRun } from '#contract/run-plan.ts'

/** What the bugs of a deck refer to. */
interface Surroundings {
  /** Of the whole deck. */
  misconceptions: readonly Misconception[]
  /** The Python project's own files. */
  project: ProjectFiles
}

/** The bugs of a lesson that a question of an interview may carry, each with all that a room needs of the lesson and the project. */
export function questionBugsOf(
  { slug, steps }: Pick<Lesson, 'slug' | 'steps'>,
  bugs: readonly BugView[],
  { misconceptions, project }: Surroundings,
): QuestionBug[] {
  const beliefs = new Map(misconceptions.map(({ id, belief }) => [id, belief]))
  return bugs.map((bug) => {
    const { id, title, ask, hints, solution, why, red, starts } = bug
    return {
      ...{ lesson: slug, id, title, ask, hints, solution, why, red },
      ...(starts === undefined ? {} : { starts }),
      files: filesOf(bug, project),
      paths: Object.keys(project),
      steps: stepsOf(bug, steps),
      nearMisses: bug.nearMisses.map(({ misconception, ...miss }) => ({
        ...miss,
        belief: (misconception !== undefined && beliefs.get(misconception)) || null,
      })),
    }
  })
}

/** The files that have the bug, whole. */
function filesOf({ edits }: BugView, project: ProjectFiles): ProjectFiles {
  const files = Object.entries(applyEdits(project, edits))
  return Object.fromEntries(files.filter(([path, text]) => text !== project[path]))
}

/** The tests and the steps that they need; only the tests have claims. */
function stepsOf(bug: BugView, lessonSteps: Lesson['steps']): Lesson['steps'] {
  const { steps, ids } = testsOfBug(bug, lessonSteps)
  const needed = new Set(ids.flatMap((id) => stepsToRun(steps, id, new Set()).map((step) => step.id)))
  return steps
    .filter(({ id }) => needed.has(id))
    .map((step) => (ids.includes(step.id) ? step : { ...step, claims: [] }))
}
