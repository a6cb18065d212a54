import { computed, shallowRef } from 'vue'
import type { PythonError } from '#contract/original-tab/python-error.ts'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import type { Step } from '#contract/lesson.ts'
import { OriginalFault } from '#contract/original-tab/fault.ts'
import { useProjectFiles } from '../files/project-files.ts'
import { useOriginalTab } from '../tab-store.ts'
import type { StepRun } from './run-steps.ts'

/** What a run of the edited project brought. */
export interface RunResult {
  /** `step`: the last step alone; `lesson`: each of its steps. */
  what: 'step' | 'lesson'
  runs: StepRun[]
  /** The changes that it ran with. */
  changes: ProjectFiles
}

/**
 * Runs steps of a lesson in the project as it is edited, one job at a time.
 * @param lesson null as long as there is none
 */
export function useOriginalRun(lesson: () => { slug: string; steps: readonly Step[] } | null) {
  const tab = useOriginalTab()
  const project = useProjectFiles()
  const busy = shallowRef(false)
  const result = shallowRef<RunResult | null>(null)
  /** Why the edited project doesn't start; the one before still answers. */
  const error = shallowRef<PythonError | null>(null)
  /** What came of the last job, for screen readers too. */
  const message = shallowRef('')
  let stopper = new AbortController()

  async function start(what: RunResult['what'], stepId: string): Promise<void> {
    const current = lesson()
    if (busy.value || !current || !tab.ready) return
    busy.value = true
    message.value = 'Starting the project…'
    stopper = new AbortController()
    const changes = project.changes
    try {
      const applied = await tab.applyChanges()
      error.value = applied && !applied.ok ? applied.error : null
      if (error.value) {
        result.value = null
        message.value = `The project doesn’t start: ${error.value.type}.`
        return
      }
      const { runLesson, runStep } = await import('./run-steps.ts')
      message.value = 'Running…'
      const { slug, steps } = current
      const isFresh = applied !== null
      const runs = await tab.use((original) =>
        what === 'step'
          ? runStep(original, { slug, steps, isFresh }, stepId)
          : runLesson(original, { slug, steps, isFresh }, reportStep, stopper.signal),
      )
      result.value = { what, runs, changes }
      message.value = summaryOf(runs)
    } catch (failure) {
      message.value = failureText(failure)
    } finally {
      busy.value = false
    }
  }

  function reportStep({ step }: StepRun): void {
    message.value = `Ran “${step.title}”`
  }

  return {
    busy,
    result,
    error,
    message,
    /** The code was edited after it ran, so its lines are no longer those that ran. */
    outdated: computed(() => result.value !== null && result.value.changes !== project.changes),
    runStep: (stepId: string) => start('step', stepId),
    runLesson: () => start('lesson', ''),
    stop: () => stopper.abort(),
  }
}

/** Of the claims that were judged: `3 of 4 claims hold, 1 is false now.` */
function summaryOf(runs: readonly StepRun[]): string {
  const all = runs.flatMap(({ outcome }) => (outcome.kind === 'reply' ? outcome.reply.judgements : []))
  const judged = all.filter(({ state }) => state !== 'twin-only')
  const held = judged.filter(({ state }) => state === 'held').length
  if (judged.length === 0) return 'It ran. Its claims are judged on the twin only.'
  if (held === judged.length) return `${held} of ${judged.length} claims hold.`
  return `${held} of ${judged.length} claims hold, ${judged.length - held} no longer true.`
}

function failureText(failure: unknown): string {
  if (failure instanceof DOMException && failure.name === 'AbortError') return 'Stopped.'
  // The offer to start it again says why it ended.
  if (failure instanceof OriginalFault) return 'FastAPI stopped.'
  return failure instanceof Error ? failure.message : String(failure)
}
