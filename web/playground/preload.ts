/** What the first run needs, one after the other: to send, to check claims, and to display the response. */
const PARTS: (() => Promise<unknown>)[] = [
  () => import('./run/run.ts'),
  () => import('./predict/judge.ts'),
  () => import('./answer/AnswerHead.vue'),
  () => import('./answer/AnswerView.vue'),
  () => import('./answer/AnswerOrigin.vue'),
  () => import('./answer/BurstView.vue'),
  () => import('./steps/RanFirst.vue'),
  () => import('./answer/CheckTable.vue'),
]

/** Loads all of it at once. A part that fails to load is requested again when it is needed. */
export function preload(): void {
  for (const load of PARTS) void load().catch(() => undefined)
}
