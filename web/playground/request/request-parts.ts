import { shallowReactive, type Component } from 'vue'

/** The parts of a request that not every request has, once they have loaded: then they are drawn at once, and nothing moves. */
export const parts = shallowReactive<{ body?: Component; pairs?: Component; braces?: Component }>({})

/** Loads them. What does not come now is asked for again when it is needed. */
export async function loadParts(): Promise<void> {
  if (parts.braces) return
  const loaded = await Promise.all([
    import('./BodyEditor.vue'),
    import('./PairTable.vue'),
    import('./BracesChoice.vue'),
  ]).catch(() => null)
  if (loaded) [parts.body, parts.pairs, parts.braces] = loaded.map((one) => one.default as Component)
}
