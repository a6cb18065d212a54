import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import type { Fault } from '../fault.ts'
import type { ReadLesson } from '../lesson-folder.ts'
import { misconceptionFaults } from '../practice/faults.ts'
import { unknownSteps, type Wrong } from '../practice/names.ts'
import { textFaults } from '../practice/texts.ts'
import type { KnownNames } from '../references.ts'
import { checkFaults } from './check-faults.ts'
import { editFaults } from './edit-faults.ts'
import { redFaults, symptomFaults } from './symptom-faults.ts'

/** What the bugs of a lesson may refer to. */
interface Context {
  known: KnownNames
  /** Ids of the whole deck. */
  misconceptions: Iterable<string>
  /** The Python project's own files. */
  project: ProjectFiles
  /** Symptoms may be missing: a run is to find them. */
  withoutRuns: boolean
}

/**
 * Everything that is wrong with a lesson's bugs and can be seen without running them: edits that don't fit or change nothing, names of
 * steps, claims and misconceptions that don't exist, ids that stand there twice, near misses that look alike, and HTML.
 */
export function bugFaults(
  read: ReadLesson,
  { known, misconceptions, project, withoutRuns }: Context,
): Fault[] {
  const { file, content, lineOf } = read.bugs
  const wrong = [
    ...idsTwice(read),
    ...content.bugs.flatMap((bug, index) => [
      ...editFaults(bug, ['bugs', index], project),
      ...unknownSteps(bug.steps ?? [], idsOf(read.lesson.steps), ['bugs', index, 'steps']),
      ...checkFaults(bug, ['bugs', index], read.lesson.steps, known),
      ...redFaults(bug, ['bugs', index], read.lesson.steps),
      ...(withoutRuns ? [] : symptomFaults(bug, ['bugs', index])),
    ]),
    ...misconceptionFaults(content, [], [...misconceptions]),
    ...textFaults(content),
  ]
  return wrong.map(({ path, cause }) => ({ file, line: lineOf(path), cause }))
}

function idsTwice({ practice, bugs }: ReadLesson): Wrong[] {
  const { tasks, quizzes } = practice.content
  const others = idsOf([...tasks, ...quizzes])
  const own = idsOf(bugs.content.bugs)
  return own.flatMap((id, index) => {
    const kind = others.includes(id) ? 'task or quiz' : own.indexOf(id) < index ? 'bug' : null
    const cause = `another ${kind} of this lesson has the id "${id}"; choose a different one`
    return kind === null ? [] : [{ path: ['bugs', index, 'id'], cause }]
  })
}

function idsOf(items: readonly { id: string }[]): string[] {
  return items.map(({ id }) => id)
}
