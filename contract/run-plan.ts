import type { Step } from './lesson.ts'
import { variablesIn } from './variables.ts'

/** Variables that a step's request or claims need and that the step doesn't save itself. */
export function variablesNeeded(step: Step): string[] {
  const { path, headers, json, form, text, claims } = step
  const own = Object.keys(step.save)
  return variablesIn([path, headers, json ?? null, form ?? null, text ?? null, claims]).filter(
    (name) => !own.includes(name),
  )
}

/**
 * The steps to run so that one step can run by itself, in order: those named in `after`, those that save a variable which is
 * still unknown, and in turn the steps that these need; the step itself comes last.
 * @param known names of variables that already have a value
 * @throws RangeError when no step has that id
 */
export function stepsToRun(steps: readonly Step[], id: string, known: ReadonlySet<string>): Step[] {
  const target = steps.findIndex((step) => step.id === id)
  if (target < 0) throw new RangeError(`no step "${id}"`)
  const wanted = new Set<number>()
  const want = (index: number): void => {
    const step = steps[index]
    if (!step || wanted.has(index)) return
    wanted.add(index)
    for (const earlier of step.after) want(steps.findIndex((other) => other.id === earlier))
    for (const name of variablesNeeded(step)) {
      if (!known.has(name)) want(lastStepSaving(steps, name, index))
    }
  }
  want(target)
  return [...wanted].sort((a, b) => a - b).flatMap((index) => steps[index] ?? [])
}

/** Index of the nearest step before `index` that saves the variable, or -1. */
export function lastStepSaving(steps: readonly Step[], name: string, index: number): number {
  return steps.slice(0, index).findLastIndex((step) => name in step.save)
}
