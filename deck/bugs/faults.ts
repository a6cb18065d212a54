import type { Bug, NearMiss } from '#contract/bug.ts'
import { testsOfBug } from '#contract/bug-edits.ts'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import { canBeJudged } from '#contract/original-tab/visible.ts'
import { didYouMean, type Fault } from '../fault.ts'
import type { ReadLesson } from '../lesson-folder.ts'
import { misconceptionFaults } from '../practice/faults.ts'
import { unknownSteps, type Path, type Wrong } from '../practice/names.ts'
import { textFaults } from '../practice/texts.ts'
import type { KnownNames } from '../references.ts'
import { checkFaults } from './check-faults.ts'
import { editFaults } from './edit-faults.ts'

/** What the bugs of a lesson may refer to. */
interface Context {
  known: KnownNames
  /** Ids of the whole deck. */
  misconceptions: Iterable<string>
  /** The Python project's own files. */
  project: ProjectFiles
}

/**
 * Everything that is wrong with a lesson's bugs and can be seen without running them: edits that don't fit or change nothing, names of
 * steps, claims and misconceptions that don't exist, ids that stand there twice, near misses that look alike, and HTML.
 */
export function bugFaults(read: ReadLesson, { known, misconceptions, project }: Context): Fault[] {
  const { file, content, lineOf } = read.bugs
  const wrong = [
    ...idsTwice(read),
    ...content.bugs.flatMap((bug, index) => [
      ...editFaults(bug, ['bugs', index], project),
      ...unknownSteps(bug.steps ?? [], idsOf(read.lesson.steps), ['bugs', index, 'steps']),
      ...checkFaults(bug, ['bugs', index], read.lesson.steps, known),
      ...symptomFaults(bug, ['bugs', index], read),
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

/** Claims under `red` that don't run or can't be judged, and symptoms that don't tell a near miss from others. */
function symptomFaults(bug: Bug, path: Path, { lesson }: ReadLesson): Wrong[] {
  const symptoms: { part: Path; name: string; red: string[]; starts?: false | undefined }[] = [
    { part: path, name: 'the bug itself', ...bug },
    ...bug.nearMisses.map((miss, index) => ({
      ...{ part: [...path, 'nearMisses', index], name: `near miss ${index + 1}` },
      ...miss,
    })),
  ]
  return symptoms.flatMap(({ part, red }, index) => {
    const same = symptoms.slice(0, index).find((other) => symptomOf(other) === symptomOf(symptoms[index]!))
    const cause = `has the same symptom as ${same?.name}, so it can't be recognised: add a check that tells them apart`
    return [
      ...red.flatMap((name, claim) =>
        redFaults(name, red.slice(0, claim), bug, lesson.steps).map((wrong) => ({
          path: [...part, 'red', claim],
          cause: wrong,
        })),
      ),
      ...(same === undefined ? [] : [{ path: [...part, 'red'], cause }]),
    ]
  })
}

function symptomOf({ red, starts }: Pick<NearMiss, 'red' | 'starts'>): string {
  return starts === false ? 'no start' : [...red].sort().join(' ')
}

function redFaults(
  name: string,
  before: readonly string[],
  bug: Bug,
  lessonSteps: ReadLesson['lesson']['steps'],
): string[] {
  const { steps, ids } = testsOfBug(bug, lessonSteps)
  const claims = steps.flatMap((step) =>
    step.claims.map((claim) => ({ step, claim, name: `${step.id}/${claim.id}` })),
  )
  const found = claims.find((each) => each.name === name)
  if (before.includes(name)) return [`"${name}" stands in this list twice`]
  if (found === undefined) {
    const run = claims.filter(({ step }) => ids.includes(step.id)).map((each) => each.name)
    return [`no claim "${name}" among those that run${didYouMean(name, run)}`]
  }
  if (!ids.includes(found.step.id)) return [`"${found.step.id}" doesn't run: add it to the bug's steps`]
  if (!canBeJudged(found.step, found.claim.expect))
    return [
      `"${name}" can only be judged on the twin, so it is never red; take another claim, or add a check`,
    ]
  return []
}

function idsOf(items: readonly { id: string }[]): string[] {
  return items.map(({ id }) => id)
}
