import type { Bug } from '#contract/bug.ts'
import { lastStepSaving, variablesNeeded } from '#contract/run-plan.ts'
import type { Step } from '#contract/lesson.ts'
import { didYouMean } from '../fault.ts'
import { nameFaults, type Path, type Wrong } from '../practice/names.ts'
import { placeOfVariable, type KnownNames } from '../references.ts'

/**
 * Checks of a bug whose ids are taken, that need steps or variables which aren't there, or that real FastAPI in a tab can't run.
 * @param path of the bug in bugs.yaml
 * @param lessonSteps of the bug's lesson
 */
export function checkFaults(bug: Bug, path: Path, lessonSteps: readonly Step[], known: KnownNames): Wrong[] {
  const steps = [...lessonSteps, ...bug.checks]
  return bug.checks.flatMap((check, index) => {
    const at = [...path, 'checks', index]
    const place = lessonSteps.length + index
    const earlier = steps.slice(0, place).map(({ id }) => id)
    const saved = steps.slice(0, place).flatMap(({ save }) => Object.keys(save))
    const claims = check.claims.map(({ id }) => id)
    const when = (isWrong: boolean, key: string, cause: string): Wrong[] =>
      isWrong ? [{ path: [...at, key], cause }] : []
    return [
      ...when(
        earlier.includes(check.id),
        'id',
        `another check, or a step of the lesson, has the id "${check.id}"; choose a different one`,
      ),
      ...check.after
        .filter((id) => !earlier.includes(id))
        .flatMap((id) => when(true, 'after', `no earlier step "${id}"${didYouMean(id, earlier)}`)),
      ...variablesNeeded(check)
        .filter((name) => lastStepSaving(steps, name, place) < 0)
        .map((name) => ({
          path: [...at, ...placeOfVariable(check, name)],
          cause: `no earlier step saves {{${name}}}${didYouMean(name, saved)}`,
        })),
      ...when(
        check.burst !== undefined,
        'burst',
        'FastAPI in the tab has no threads, so a burst isn’t judged; leave it out',
      ),
      ...claims
        .filter((id, claim) => claims.indexOf(id) < claim)
        .flatMap((id) => when(true, 'claims', `two claims of this check have the id "${id}"`)),
      ...check.claims.flatMap(({ expect }, claim) =>
        nameFaults(expect, [...at, 'claims', claim, 'expect'], known),
      ),
    ]
  })
}
