import { shallowRef, watch } from 'vue'
import type { TraceReport } from '#contract/trace.ts'
import { readTrace } from '../api/traces.ts'
import type { Exchange } from '../run/exchange.ts'

/** The trace of an exchange, fetched when it isn't there yet. `trace` is null where the server kept none. */
export function useTrace(exchange: () => Exchange | null) {
  const trace = shallowRef<TraceReport | null>(null)
  const state = shallowRef<'none' | 'loading' | 'ready' | 'failed'>('none')
  const failure = shallowRef('')

  async function load(): Promise<void> {
    const asked = exchange()
    trace.value = asked?.trace ?? null
    state.value = trace.value ? 'ready' : 'none'
    if (!asked || trace.value || asked.outcome.kind !== 'answer') return
    state.value = 'loading'
    try {
      const found = await readTrace(asked.traceId)
      if (exchange() !== asked) return
      trace.value = found
      state.value = 'ready'
    } catch (error) {
      if (exchange() !== asked) return
      failure.value = error instanceof Error ? error.message : String(error)
      state.value = 'failed'
    }
  }

  watch(exchange, load, { immediate: true })
  return { trace, state, failure, load }
}
