import { shallowRef, watch } from 'vue'
import type { TraceReport } from '#contract/trace.ts'
import { readTrace } from '../api/evidence.ts'
import type { Exchange } from '../run/exchange.ts'

/** The trace of an exchange, fetched unless the exchange already has it. `trace` is null when the server has none. */
export function useTrace(exchange: () => Exchange | null) {
  const trace = shallowRef<TraceReport | null>(null)
  const state = shallowRef<'none' | 'loading' | 'ready' | 'failed'>('none')
  const failure = shallowRef('')

  async function load(): Promise<void> {
    const requested = exchange()
    trace.value = requested?.trace ?? null
    state.value = trace.value ? 'ready' : 'none'
    if (!requested || trace.value || requested.outcome.kind !== 'answer') return
    state.value = 'loading'
    try {
      const found = await readTrace(requested.traceId)
      if (exchange() !== requested) return
      trace.value = found
      state.value = 'ready'
    } catch (error) {
      if (exchange() !== requested) return
      failure.value = error instanceof Error ? error.message : String(error)
      state.value = 'failed'
    }
  }

  watch(exchange, load, { immediate: true })
  return { trace, state, failure, load }
}
