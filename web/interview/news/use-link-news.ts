import { watch } from 'vue'
import type { Link } from '../sync/follow.ts'
import type { Announce } from './use-announcer.ts'

/** Announces that this browser has lost its connection, and that it is back. */
export function useLinkNews(link: () => Link, announce: Announce): void {
  watch(
    () => link().state,
    (now, before) => {
      if (now === 'lost' && before !== 'lost') announce('Connection lost. What you write is kept.')
      if (now === 'live' && before === 'lost') announce('Reconnected. Nothing was lost.')
    },
  )
}
