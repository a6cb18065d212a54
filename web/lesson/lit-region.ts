import { inject, provide, shallowRef, type InjectionKey, type Ref } from 'vue'

/**
 * The code region whose lines are highlighted in the text, or null. It is not a prop of the text: the text is hydrated late, and Vue
 * doesn't hydrate what was updated before.
 */
type LitRegion = Ref<string | null>

const KEY: InjectionKey<LitRegion> = Symbol('lit region')

/** For the page that holds the text and the playground. */
export function provideLitRegion(): LitRegion {
  const lit = shallowRef<string | null>(null)
  provide(KEY, lit)
  return lit
}

export function useLitRegion(): Readonly<LitRegion> {
  return inject(KEY, () => shallowRef(null), true)
}
