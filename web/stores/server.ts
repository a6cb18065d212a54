import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** Milliseconds between two questions while the server doesn't answer. */
const ASK_AGAIN = 2000

/** Whether the server answers. A request that got no answer says so with the event `viva:unreachable`. */
export const useServerStore = defineStore('server', () => {
  const state = shallowRef<'reachable' | 'offline' | 'down'>('reachable')
  let asking = false

  function open(): void {
    addEventListener('viva:unreachable', () => void watch())
    addEventListener('offline', () => void watch())
    addEventListener('online', () => void watch())
    if (!navigator.onLine) void watch()
  }

  /** Asks until the server answers. */
  async function watch(): Promise<void> {
    if (asking) return
    asking = true
    while (!(await isAlive())) {
      state.value = navigator.onLine ? 'down' : 'offline'
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN))
    }
    state.value = 'reachable'
    asking = false
  }

  return { state, open, watch }
})

async function isAlive(): Promise<boolean> {
  try {
    return (await fetch('/healthz', { cache: 'no-store' })).ok
  } catch {
    return false
  }
}
