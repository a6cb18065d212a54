import { shallowReactive, type Component } from 'vue'

/** Components for parts that not every request has, once they are loaded: then they render at once, and nothing moves. */
export const parts = shallowReactive<{ body?: Component; pairs?: Component; braces?: Component }>({})

/** Loads them. If that fails, they are requested again when they are needed. */
export async function loadParts(): Promise<void> {
  if (parts.braces) return
  const loaded = await Promise.all([
    import('./BodyEditor.vue'),
    import('./PairTable.vue'),
    import('./BracesChoice.vue'),
  ]).catch(() => null)
  if (loaded) [parts.body, parts.pairs, parts.braces] = loaded.map((one) => one.default as Component)
}
