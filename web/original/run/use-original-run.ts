import type { Step } from '#contract/lesson.ts'
import type { EditedFiles } from '../files/edited-files.ts'
import type { StepRun } from './run-steps.ts'
import { useProjectRun, type ProjectRun } from './use-project-run.ts'

/** What a run of the edited project brought. */
interface RunOfLesson {
  /** `step`: the last step alone; `lesson`: each of its steps. */
  what: 'step' | 'lesson'
  runs: StepRun[]
}
export type RunResult = ProjectRun<RunOfLesson>

/**
 * Runs steps of a lesson in the project as it is edited, one job at a time.
 * @param lesson null as long as there is none
 */
export function useOriginalRun(
  project: EditedFiles,
  lesson: () => { slug: string; steps: readonly Step[] } | null,
) {
  const { run, ...state } = useProjectRun<RunOfLesson>(project)

  async function start(what: RunResult['what'], stepId: string): Promise<void> {
    const current = lesson()
    if (!current) return
    const { slug, steps } = current
    await run(
      async ({ tab, isFresh, report, signal }) => {
        const { runLesson, runStep } = await import('./run-steps.ts')
        const runs =
          what === 'step'
            ? await runStep(tab, { slug, steps, isFresh }, stepId)
            : await runLesson(tab, { slug, steps, isFresh }, report, signal)
        return { what, runs }
      },
      ({ runs }) => summaryOf(runs),
    )
  }

  return {
    ...state,
    runStep: (stepId: string) => start('step', stepId),
    runLesson: () => start('lesson', ''),
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
