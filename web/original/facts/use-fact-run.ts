import { computed, shallowRef } from 'vue'
import type { FactResult } from '#contract/original-tab/engine.ts'
import { OriginalFault } from '#contract/original-tab/fault.ts'
import { failureText } from '../run/use-project-run.ts'
import { useOriginalTab } from '../tab-store.ts'

/** A run of a script. */
interface FactRun extends FactResult {
  code: string
}

/** Runs a script with the project as it is without changes, one run at a time. */
export function useFactRun() {
  const tab = useOriginalTab()
  const busy = shallowRef(false)
  const result = shallowRef<FactRun | null>(null)
  /** What came of the last run, for screen readers too. */
  const message = shallowRef('')
  /** What never ended: it isn't run again without being asked for. */
  const hungCode = shallowRef<string | null>(null)
  let wanted = 0

  /** Never rejects: `result` and `message` say how it went. */
  async function run(code: string): Promise<void> {
    if (busy.value) return
    if (!tab.ready) {
      message.value = 'Start FastAPI first.'
      return
    }
    busy.value = true
    message.value = 'Running…'
    const own = ++wanted
    try {
      await tab.applyChanges({})
      const ran = await tab.use((original) => original.runFact(code))
      if (own === wanted) {
        result.value = { code, ...ran }
        message.value = ran.error ? `It ended with ${ran.error.type}.` : 'It ran.'
      }
    } catch (failure) {
      if (failure instanceof OriginalFault && failure.kind === 'hung') hungCode.value = code
      if (own === wanted) message.value = failureText(failure)
    } finally {
      busy.value = false
    }
  }

  /** Another fact is shown: what still runs was not of it. */
  function clear(): void {
    wanted++
    result.value = null
    message.value = ''
  }

  return { busy, result, message, run, clear, hungCode: computed(() => hungCode.value) }
}
