import { computed, onMounted, ref, shallowRef, watch } from 'vue'
import type { Report } from '#contract/interview/report.ts'
import { ApiFailure } from '../../api/call.ts'
import { readReport, type RoomAccess } from '../api/interviews.ts'
import { useHiddenNames } from '../page/use-hidden-names.ts'
import { withoutUndoneChanges } from './undone-changes.ts'

/** The report on a room, as it is now or at the last `load`. */
export function useReport(access: RoomAccess) {
  const report = shallowRef<Report | null>(null)
  const missing = ref(false)
  const fault = ref('')
  const hidden = useHiddenNames(access.interview)
  /** Whether the name is shown although names are hidden. */
  const revealed = ref(false)
  const hideNames = computed(() => hidden.value && !revealed.value)
  /** Names of the interviewers by id. */
  const names = computed(() => new Map(report.value?.interviewers.map(({ id, name }) => [id, name])))
  let latest = 0

  onMounted(load)
  watch(hideNames, load)

  async function load(): Promise<void> {
    latest += 1
    const mine = latest
    try {
      const found = await asChanged(await readReport(access, hideNames.value))
      if (mine !== latest) return
      report.value = found
      fault.value = ''
    } catch (error) {
      if (mine !== latest) return
      if (error instanceof ApiFailure && (error.status === 404 || error.status === 401)) missing.value = true
      else fault.value = (error as Error).message
    }
  }

  return { report, missing, fault, hidden, revealed, hideNames, names, load }
}

/** The report with the files that differ from what the candidate was given; only a bug needs the project's code for that. */
async function asChanged(report: Report): Promise<Report> {
  if (report.questions.every(({ bug }) => bug === null)) return report
  const { OWN_FILES } = await import('../../original/files/own-files.ts')
  return withoutUndoneChanges(report, OWN_FILES)
}
