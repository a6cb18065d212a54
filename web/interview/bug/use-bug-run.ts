import { shallowRef } from 'vue'
import { fingerprintOf, type TabRun } from '#contract/interview/bug.ts'
import { LIMITS } from '#contract/interview/limits.ts'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import { OriginalFault } from '#contract/original-tab/fault.ts'
import type { PythonError } from '#contract/original-tab/python-error.ts'
import type { Step } from '#contract/step.ts'
import { changesForTab } from '../../original/files/project-files.ts'
import type { StepRun } from '../../original/run/run-steps.ts'
import { useOriginalTab } from '../../original/tab-store.ts'

/** What is run: the project with the bug, what was changed in it since, and the steps with the checks. */
export interface BugProject {
  files: ProjectFiles
  changed: ProjectFiles
  steps: readonly Step[]
}

/** Runs a bug's checks on real FastAPI in this tab, one run at a time. */
export function useBugRun() {
  const tab = useOriginalTab()
  const busy = shallowRef(false)
  const runs = shallowRef<readonly StepRun[]>([])
  /** Why the project doesn't start. */
  const error = shallowRef<PythonError | null>(null)
  const message = shallowRef('')
  /** Names the files that ran last. */
  const ran = shallowRef('')

  /** @returns what is to be reported; null when nothing ran, which `message` explains */
  async function run({ files, changed, steps }: BugProject): Promise<TabRun | null> {
    if (busy.value || !tab.ready) return null
    busy.value = true
    message.value = 'Starting the project…'
    const fingerprint = fingerprintOf(changed)
    try {
      const applied = await tab.applyChanges(changesForTab({ ...files, ...changed }))
      error.value = applied && !applied.ok ? applied.error : null
      if (error.value) return failedRun(fingerprint, error.value)
      message.value = 'Running the checks…'
      const { runBug } = await import('../../original/run/run-bug.ts')
      const done = await tab.use((original) =>
        runBug(
          original,
          { steps: steps.filter(({ claims }) => claims.length > 0).map(({ id }) => id), checks: [] },
          { slug: 'bug', steps, isFresh: applied !== null },
          ({ step }) => (message.value = `Ran “${step.title.replaceAll('`', '')}”`),
          new AbortController().signal,
        ),
      )
      runs.value = done.runs
      message.value = summaryOf(done.claims)
      return { files: fingerprint, error: null, claims: done.claims }
    } catch (failure) {
      // The offer to start it again says why it ended.
      const isFault = failure instanceof OriginalFault
      message.value = isFault
        ? 'FastAPI stopped.'
        : failure instanceof Error
          ? failure.message
          : String(failure)
      if (!isFault || (failure.kind !== 'hung' && failure.kind !== 'memory')) return null
      const run = failedRun(fingerprint, { type: 'FastAPI stopped', message: failure.message, place: null })
      message.value = 'FastAPI stopped.'
      return run
    } finally {
      ran.value = fingerprint
      busy.value = false
    }
  }

  function failedRun(files: string, { type, message: text, place }: Omit<PythonError, 'traceback'>): TabRun {
    runs.value = []
    message.value = `The project doesn’t start: ${type}.`
    const short = { type: type.slice(0, 100), message: text.slice(0, LIMITS.runError), place }
    return { files, error: short, claims: [] }
  }

  return { busy, runs, error, message, ran, run }
}

function summaryOf(claims: TabRun['claims']): string {
  const held = claims.filter((one) => one.held).length
  return held === claims.length ? `All ${held} checks hold.` : `${held} of ${claims.length} checks hold.`
}
