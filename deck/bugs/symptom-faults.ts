import type { Bug, NearMiss } from '#contract/bug.ts'
import { testsOfBug } from '#contract/bug-edits.ts'
import type { Step } from '#contract/lesson.ts'
import { canBeTested } from '#contract/original-tab/visible.ts'
import { didYouMean } from '../fault.ts'
import type { Path, Wrong } from '../practice/names.ts'

/** What a bug or a near miss of it looks like, and where it stands. */
interface Symptom extends Pick<NearMiss, 'red' | 'starts'> {
  path: Path
  name: string
}

function symptomsOf(bug: Bug, path: Path): Symptom[] {
  return [
    { path, name: 'the bug itself', red: bug.red, starts: bug.starts },
    ...bug.nearMisses.map(({ red, starts }, index) => ({
      ...{ path: [...path, 'nearMisses', index], name: `near miss ${index + 1}`, red, starts },
    })),
  ]
}

/** Symptoms that are missing, and those that don't tell a near miss from the bug or from another one. @param path of the bug in bugs.yaml */
export function symptomFaults(bug: Bug, path: Path): Wrong[] {
  const symptoms = symptomsOf(bug, path)
  return symptoms.flatMap((symptom, index): Wrong[] => {
    const { red, starts } = symptom
    if (red.length > 0 && starts === false)
      return [
        {
          path: [...symptom.path, 'starts'],
          cause: 'a project that doesn’t start has no red claims; keep red or starts: false',
        },
      ]
    if (red.length === 0 && starts !== false)
      return [{ path: symptom.path, cause: 'no claim is under red; npm run bugs shows which ones are false' }]
    const same = symptoms.slice(0, index).find((other) => textOf(other) === textOf(symptom))
    const key = starts === false ? 'starts' : 'red'
    return same === undefined
      ? []
      : [
          {
            path: [...symptom.path, key],
            cause: `this is also the symptom of ${same.name}, so a near miss can’t be recognised by it; add a check that tells them apart`,
          },
        ]
  })
}

function textOf({ red, starts }: Symptom): string {
  return starts === false ? 'no start' : [...red].sort().join()
}

/**
 * Claims under `red` that don't run or can't be judged.
 * @param path of the bug in bugs.yaml
 * @param lessonSteps of the bug's lesson
 */
export function redFaults(bug: Bug, path: Path, lessonSteps: readonly Step[]): Wrong[] {
  const { steps, ids } = testsOfBug(bug, lessonSteps)
  const claims = steps.flatMap((step) =>
    step.claims.map(({ id, expect }) => ({ step, expect, name: `${step.id}/${id}` })),
  )
  const running = claims.flatMap(({ step, name }) => (ids.includes(step.id) ? [name] : []))
  const causeOf = (name: string, isTwice: boolean): string | null => {
    const found = claims.find((claim) => claim.name === name)
    if (isTwice) return `"${name}" is in this list twice`
    if (found === undefined) return `no claim "${name}" among those that run${didYouMean(name, running)}`
    if (!running.includes(name)) return `"${found.step.id}" isn’t among the steps of this bug; add it`
    if (!canBeTested(found.step, found.expect))
      return `"${name}" compares times, or is judged on the twin only, so it can’t be red; name another claim, or add a check`
    return null
  }
  return symptomsOf(bug, path).flatMap(({ path: at, red }) =>
    red.flatMap((name, index) => {
      const cause = causeOf(name, red.indexOf(name) < index)
      return cause === null ? [] : [{ path: [...at, 'red', index], cause }]
    }),
  )
}
