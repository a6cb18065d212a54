import { shallowRef } from 'vue'

export type AnsweredBy = 'twin' | 'original' | 'both'

/** Whose response the playground shows in this tab. As long as it is the twin's alone, nothing of the original is loaded. */
export const answeredBy = shallowRef<AnsweredBy>('twin')

export const ANSWERED_BY: readonly { name: AnsweredBy; label: string; short: string }[] = [
  { name: 'twin', label: 'Koa twin', short: 'Koa twin' },
  { name: 'original', label: 'FastAPI in this tab', short: 'FastAPI' },
  { name: 'both', label: 'Both', short: 'Both' },
]
