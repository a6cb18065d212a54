import { computed, shallowRef } from 'vue'
import type { OriginalTab, ProjectFiles } from '#contract/original-tab/engine.ts'
import { OriginalFault } from '#contract/original-tab/fault.ts'
import type { PythonError } from '#contract/original-tab/python-error.ts'
import type { EditedFiles } from '../files/edited-files.ts'
import { changesForTab } from '../files/project-files.ts'
import { useOriginalTab } from '../tab-store.ts'
import type { StepRun } from './run-steps.ts'

/** Steps that ran in an edited project, with the changes that it had then. */
export type ProjectRun<Ran> = Ran & { changes: ProjectFiles }

/** What a run has at hand. */
export interface RunContext {
  tab: OriginalTab
  /** Whether the database holds the seeded people only, untouched. */
  isFresh: boolean
  report: (run: StepRun) => void
  signal: AbortSignal
}

/** Runs steps in a project as it is edited, one job at a time. */
export function useProjectRun<Ran extends { runs: readonly StepRun[] }>(
  project: Pick<EditedFiles, 'files' | 'changes'>,
) {
  const tab = useOriginalTab()
  const busy = shallowRef(false)
  const result = shallowRef<ProjectRun<Ran> | null>(null)
  /** Why the edited project doesn't start; the one before still answers. */
  const error = shallowRef<PythonError | null>(null)
  /** What came of the last job, for screen readers too. */
  const message = shallowRef('')
  /** What ended FastAPI while the last job ran, or null. */
  const fault = shallowRef<OriginalFault | null>(null)
  /** The changes that `result` or `error` is about. */
  const ranWith = shallowRef<ProjectFiles | null>(null)
  let stopper = new AbortController()

  /**
   * Never rejects: `result`, `error` and `message` say how it went.
   * @param job what to run, once the project has started with its changes
   * @param summaryOf the last message, in a sentence
   * @returns whether it came to an end: the steps ran, or the project doesn't start
   */
  async function run(
    job: (context: RunContext) => Promise<Ran>,
    summaryOf: (ran: Ran) => string,
  ): Promise<boolean> {
    if (busy.value || !tab.ready) return false
    busy.value = true
    fault.value = null
    message.value = 'Starting the project…'
    stopper = new AbortController()
    const { changes } = project
    try {
      const applied = await tab.applyChanges(changesForTab(project.files))
      error.value = applied && !applied.ok ? applied.error : null
      if (error.value) {
        ranWith.value = changes
        result.value = null
        message.value = `The project doesn’t start: ${error.value.type}.`
        return true
      }
      message.value = 'Running…'
      const context = { isFresh: applied !== null, report, signal: stopper.signal }
      const ran = await tab.use((original) => job({ tab: original, ...context }))
      ranWith.value = changes
      result.value = { ...ran, changes }
      message.value = summaryOf(ran)
      return true
    } catch (failure) {
      if (failure instanceof OriginalFault) fault.value = failure
      message.value = failureText(failure)
      return false
    } finally {
      busy.value = false
    }
  }

  function report({ step }: StepRun): void {
    message.value = `Ran “${step.title.replaceAll('`', '')}”`
  }

  return {
    ...{ busy, result, error, fault, message, run },
    /** The code was edited after it ran, so its lines are no longer those that ran. */
    outdated: computed(
      () => (result.value !== null || error.value !== null) && ranWith.value !== project.changes,
    ),
    stop: () => stopper.abort(),
  }
}

/** Why a run didn't end, in a sentence. */
export function failureText(failure: unknown): string {
  if (failure instanceof DOMException && failure.name === 'AbortError') return 'Stopped.'
  // The offer to start it again says why it ended.
  if (failure instanceof OriginalFault) return 'FastAPI stopped.'
  return failure instanceof Error ? failure.message : String(failure)
}
