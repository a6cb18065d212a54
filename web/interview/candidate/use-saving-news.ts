import { watch } from 'vue'
import type { Announce } from '../news/use-announcer.ts'
import type { Saving } from '../sync/shared-text.ts'

/** Announces that an answer isn't reaching the server, and that it does again. While all goes well, typing is silent. */
export function useSavingNews(saving: () => Saving, announce: Announce): void {
  let failing = false
  watch(saving, (now) => {
    if (now.state === 'refused') announce(`Not saved: ${now.why}`)
    // What a lost connection keeps back is announced with it.
    if (now.state === 'saved' && failing) announce('Your answer is saved.')
    if (now.state !== 'saving') failing = now.state !== 'saved'
  })
}
