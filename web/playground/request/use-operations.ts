import { computed, onMounted, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { readOpenApi } from './openapi.ts'
import { loadParts } from './request-parts.ts'
import { operationsOf, type Operation } from './operations.ts'

/**
 * The operations of the API, and the one that the URL names: `?operation=<id>`.
 * @param enabled whether the URL may name one at the moment
 */
export function useOperations(enabled: () => boolean) {
  const route = useRoute()
  const router = useRouter()
  /** Null until they are loaded. */
  const operations = shallowRef<Operation[] | null>(null)
  const fault = shallowRef('')
  /** The newly selected operation, or null for none, until the URL has followed; undefined otherwise. */
  const pending = shallowRef<string | null>()

  const named = computed(() => {
    if (pending.value !== undefined) return pending.value
    return enabled() && route.query.operation ? String(route.query.operation) : null
  })
  const operation = computed(() => operations.value?.find(({ id }) => id === named.value) ?? null)
  /** The URL may name an operation that is not loaded yet: no other request is shown until then. */
  const reading = computed(() => named.value !== null && operations.value === null && fault.value === '')

  async function read(): Promise<void> {
    fault.value = ''
    try {
      const [document] = await Promise.all([readOpenApi(), loadParts()])
      operations.value = operationsOf(document)
    } catch (error) {
      fault.value = error instanceof Error ? error.message : String(error)
    }
  }

  /** Selects an operation, or none. What is highlighted and sent changes at once, the URL as soon as it can. */
  async function choose(id: string | null, how: 'push' | 'replace'): Promise<void> {
    if (id === named.value) return
    pending.value = id
    await router[how]({ query: id === null ? {} : { operation: id } })
    if (pending.value === id) pending.value = undefined
  }

  onMounted(() => {
    void read()
    // A URL with an unknown operation means a custom request.
    watch([operations, named], () => {
      if (operations.value && named.value !== null && !operation.value) void choose(null, 'replace')
    })
  })

  return { operations, operation, reading, fault, read, choose }
}
