import { computed, onMounted, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { readOpenApi } from './openapi.ts'
import { loadParts } from './request-parts.ts'
import { operationsOf, type Operation } from './operations.ts'

/**
 * The operations of the API, and the one that the address names: `?operation=<id>`.
 * @param counts whether the address may name one at the moment
 */
export function useOperations(counts: () => boolean) {
  const route = useRoute()
  const router = useRouter()
  /** Null until they are known. */
  const operations = shallowRef<Operation[] | null>(null)
  const fault = shallowRef('')
  /** The operation that was chosen, or null for none, while the address still names another; undefined when it doesn't. */
  const ahead = shallowRef<string | null>()

  const named = computed(() => {
    if (ahead.value !== undefined) return ahead.value
    return counts() && route.query.operation ? String(route.query.operation) : null
  })
  const operation = computed(() => operations.value?.find(({ id }) => id === named.value) ?? null)
  /** An address may name an operation that is not known yet: another request is not shown before it. */
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

  /** Chooses an operation, or none. What is highlighted and sent changes at once, the address as soon as it can. */
  async function choose(id: string | null, how: 'push' | 'replace'): Promise<void> {
    if (id === named.value) return
    ahead.value = id
    await router[how]({ query: id === null ? {} : { operation: id } })
    if (ahead.value === id) ahead.value = undefined
  }

  onMounted(() => {
    void read()
    // An address that names an operation which isn't there names a request of one's own.
    watch([operations, named], () => {
      if (operations.value && named.value !== null && !operation.value) void choose(null, 'replace')
    })
  })

  return { operations, operation, reading, fault, read, choose }
}
