import { fingerprintOf, type TabRun } from '#contract/interview/bug.ts'
import { LIMITS } from '#contract/interview/limits.ts'
import type { PythonError } from '#contract/original-tab/python-error.ts'
import type { Step } from '#contract/step.ts'
import type { EditedFiles } from '../../original/files/edited-files.ts'
import type { TestRun } from '../../original/run/run-bug.ts'
import { useProjectRun } from '../../original/run/use-project-run.ts'
import { useOriginalTab } from '../../original/tab-store.ts'

/** Runs a bug's checks on real FastAPI in this tab, one run at a time. */
export function useBugRun(project: Pick<EditedFiles, 'files' | 'changes'>) {
  const tab = useOriginalTab()
  const { run: runProject, ...state } = useProjectRun<TestRun>(project)

  /**
   * @param steps what a run may need, in order; the claims are its checks
   * @returns what is to be reported; null when nothing ran, which `message` explains
   */
  async function run(steps: readonly Step[]): Promise<TabRun | null> {
    if (state.busy.value || !tab.ready) return null
    const files = fingerprintOf(project.changes)
    const checked = steps.filter(({ claims }) => claims.length > 0).map(({ id }) => id)
    const finished = await runProject(
      async ({ tab: original, isFresh, report, signal }) => {
        const { runBug } = await import('../../original/run/run-bug.ts')
        const bug = { steps: checked, checks: [] }
        return runBug(original, bug, { slug: 'bug', steps, isFresh }, report, signal)
      },
      ({ claims }) => summaryOf(claims),
    )
    if (finished) {
      const { error, result } = state
      return error.value
        ? failedRun(files, error.value)
        : { files, error: null, claims: result.value?.claims ?? [] }
    }
    const fault = state.fault.value
    if (fault?.kind !== 'hung' && fault?.kind !== 'memory') return null
    return failedRun(files, { type: 'FastAPI stopped', message: fault.message, place: null })
  }

  return { ...state, run }
}

function failedRun(files: string, { type, message, place }: Omit<PythonError, 'traceback'>): TabRun {
  const error = { type: type.slice(0, 100), message: message.slice(0, LIMITS.runError), place }
  return { files, error, claims: [] }
}

function summaryOf(claims: TabRun['claims']): string {
  const held = claims.filter((one) => one.held).length
  return held === claims.length ? `All ${held} checks pass.` : `${held} of ${claims.length} checks pass.`
}
