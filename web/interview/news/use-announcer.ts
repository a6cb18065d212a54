import { inject, onScopeDispose, provide, shallowRef, type InjectionKey, type Ref } from 'vue'

/** Sentences within this time are read out together, so that none cuts off another. */
const COLLECT_MS = 300

export type Announce = (sentence: string) => void

const ANNOUNCE: InjectionKey<Announce> = Symbol('announce')

/**
 * Announces what happens on a page, in the one live region that stays: show `message` in an element with role "status". A sentence that is
 * repeated later is read out again.
 */
export function useAnnouncer(): { message: Readonly<Ref<string>>; announce: Announce } {
  const message = shallowRef('')
  let waiting: string[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  function announce(text: string): void {
    // Backticks mark code in questions and key points.
    const sentence = text.replaceAll('`', '')
    if (waiting.includes(sentence)) return
    waiting.push(sentence)
    if (timer !== undefined) return
    // Readers announce changes, and the same words again wouldn't be one.
    message.value = ''
    timer = setTimeout(() => {
      timer = undefined
      message.value = waiting.join(' ')
      waiting = []
    }, COLLECT_MS)
  }

  onScopeDispose(() => clearTimeout(timer))
  provide(ANNOUNCE, announce)
  return { message, announce }
}

/** Announces in the region of the page that this component is on; silent on a page without one. */
export function useAnnounce(): Announce {
  return inject(ANNOUNCE, () => undefined)
}
