import { inject, shallowRef, type InjectionKey, type Ref } from 'vue'

/** Provided by a page whose playground only shows requests and responses, and explains neither. */
export const PLAIN: InjectionKey<Readonly<Ref<boolean>>> = Symbol('plain playground')

/**
 * Whether this playground leaves out what would tell a candidate the answer: what a status or a header means, what to try next, what
 * happened inside, and what a token says. Without a provider it leaves out nothing.
 */
export function usePlain(): Readonly<Ref<boolean>> {
  return inject(PLAIN, shallowRef(false))
}
