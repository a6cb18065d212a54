import { computed, reactive, shallowRef } from 'vue'
import type { BugView } from '#contract/bug.ts'
import { applyEdits } from '#contract/bug-edits.ts'
import { judgeBug, type BugVerdict } from '#contract/judge-bug.ts'
import type { LessonPage } from '#contract/page.ts'
import type { PracticeSet } from '#contract/practice.ts'
import { editFiles } from '../../original/files/edited-files.ts'
import { OWN_FILES } from '../../original/files/own-files.ts'
import type { TestRun } from '../../original/run/run-bug.ts'
import { useProjectRun } from '../../original/run/use-project-run.ts'
import { useDeckStore } from '../../stores/deck.ts'
import { useStudyStore } from '../log/study-store.ts'
import { taskKey } from '../tasks/task-record.ts'
import { bugFilesKey, useBugTry, type BugTry } from './bug-try.ts'

/** A bug on its way: the project with the bug in it and what the learner changed, its checks, and the record of how it ended. */
export function useBug({ slug, name }: Pick<PracticeSet, 'slug' | 'name'>, bug: BugView) {
  const key = taskKey(slug, bug.id)
  const study = useStudyStore()
  const deck = useDeckStore()
  const project = reactive(editFiles(bugFilesKey(key), applyEdits(OWN_FILES, bug.edits)))
  const { current, update, restart: newTry } = useBugTry(key)
  const { run: runProject, ...state } = useProjectRun<TestRun>(project)
  /** Why the checks can't run, or ''. */
  const failure = shallowRef('')

  const verdict = computed<BugVerdict | null>(() => {
    if (state.error.value) return judgeBug(bug, { starts: false, claims: [] })
    return state.result.value && judgeBug(bug, { starts: true, claims: state.result.value.claims })
  })

  /** Runs the checks. Without edits, it isn't a try: it shows which of them fail. */
  async function run(): Promise<void> {
    if (state.busy.value) return
    const lesson = await loadLesson()
    if (!lesson) return
    const isTry = project.changed.length > 0
    const finished = await runProject(
      async ({ tab, isFresh, report, signal }) => {
        const { runBug } = await import('../../original/run/run-bug.ts')
        const { steps } = lesson
        return runBug(tab, bug, { slug, steps, isFresh, tracesLines: true }, report, signal)
      },
      // The verdict says it.
      () => '',
    )
    if (current.value.ended !== null) return
    if (isTry) update({ runs: current.value.runs + 1 })
    if (finished && verdict.value) note(verdict.value)
  }

  async function loadLesson(): Promise<LessonPage | undefined> {
    const outcome = await deck.loadLesson(name)
    const lesson = outcome === 'ready' ? deck.lessons.get(name) : undefined
    failure.value = lesson ? '' : 'The lesson of this bug couldn’t be loaded. Try again.'
    return lesson
  }

  function note({ passed, nearMiss }: BugVerdict): void {
    const { misconception } = nearMiss ?? {}
    const { misconceptions } = current.value
    if (misconception !== undefined && !misconceptions.includes(misconception))
      update({ misconceptions: [...misconceptions, misconception] })
    if (passed) end('fixed')
  }

  /** Ends the try and records it. Later runs of it don't count. */
  function end(ended: NonNullable<BugTry['ended']>): void {
    const { runs, hints, misconceptions, ended: before } = current.value
    if (before !== null) return
    update({ ended })
    study.record({
      kind: 'task',
      ...{ slug, task: bug.id, isPassed: ended === 'fixed', requests: runs, hints },
      ...{ sawSolution: ended === 'solution seen', misconceptions: [...misconceptions] },
    })
  }

  /** Takes all edits back, for a new try. */
  function restart(): void {
    project.resetAll()
    newTry()
    state.result.value = null
    state.error.value = null
    state.message.value = ''
  }

  return {
    ...{ ...state, project, verdict, failure, run, restart },
    attempt: current,
    showHint: () => update({ hints: current.value.hints + 1 }),
    showSolution: () => end('solution seen'),
    giveUp: () => end('given up'),
  }
}
