import { shallowRef, watch } from 'vue'
import type { StoreView } from '#contract/sandbox.ts'
import type { StoreChange } from '#contract/trace.ts'
import { readStore, readTrace } from '../api/evidence.ts'
import { usePeopleStore } from '../run/people-store.ts'
import { usePlaygroundStore } from '../run/playground-store.ts'
import type { Exchange } from '../run/exchange.ts'
import { committedChanges } from './store-marks.ts'

/** The sandbox's rows, reloaded after every request and reset, and what the last request changed in them. */
export function useStoreView() {
  const playground = usePlaygroundStore()
  const people = usePeopleStore()
  const view = shallowRef<StoreView | null>(null)
  const changes = shallowRef<StoreChange[]>([])
  const failure = shallowRef('')
  let latest = 0

  async function load(): Promise<void> {
    const mine = ++latest
    try {
      // Opening the sandbox sets the cookie; without it, the rows would be those of `default`.
      await people.open()
      const [rows, changed] = await Promise.all([readStore(), changesOf(playground.history[0])])
      if (mine !== latest) return
      view.value = rows
      changes.value = changed
      failure.value = ''
    } catch (error) {
      if (mine === latest) failure.value = error instanceof Error ? error.message : String(error)
    }
  }

  /** A request before the last reset didn't change the current rows. */
  async function changesOf(last: Exchange | undefined): Promise<StoreChange[]> {
    if (last?.outcome.kind !== 'answer' || last.at < playground.resetAt) return []
    return committedChanges(last.trace ?? (await readTrace(last.traceId)))
  }

  watch(() => [playground.history, playground.resetAt], load, { immediate: true })
  return { view, changes, failure, load }
}
