import { inject, provide, shallowRef, type InjectionKey, type Ref } from 'vue'

/** Ids of the claims that the pointer or the focus is on, in the text or in the panel: the other side highlights them. */
type Pointed = Ref<readonly string[]>

const KEY: InjectionKey<Pointed> = Symbol('pointed claims')

/** For the page that holds both sides. */
export function providePointedClaims(): Pointed {
  const pointed = shallowRef<readonly string[]>([])
  provide(KEY, pointed)
  return pointed
}

/** Where no text stands beside the panel, nothing follows. */
export function usePointedClaims(): Pointed {
  return inject(KEY, () => shallowRef([]), true)
}
