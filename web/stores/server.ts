import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** Milliseconds between two questions while the server doesn't answer. */
const ASK_AGAIN = 2000

/** Whether the server answers. A request that got no answer says so with the event `viva:unreachable`. */
export const useServerStore = defineStore('server', () => {
  const state = shallowRef<'reachable' | 'offline' | 'down'>('reachable')
  /** Seconds after which a request is sent again that the busy server did not begin; 0 while none waits. */
  const busySeconds = shallowRef(0)
  let waits = 0
  let asking = false

  function open(): void {
    addEventListener('viva:unreachable', () => void watch())
    addEventListener('viva:busy', (event) => noteBusy((event as CustomEvent<number>).detail))
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

  function noteBusy(seconds: number): void {
    waits += seconds > 0 ? 1 : -1
    if (seconds > 0) busySeconds.value = seconds
    else if (waits === 0) busySeconds.value = 0
  }

  function stopWaiting(): void {
    dispatchEvent(new Event('viva:stop-waiting'))
  }

  return { state, busySeconds, open, watch, stopWaiting }
})

async function isAlive(): Promise<boolean> {
  try {
    return (await fetch('/healthz', { cache: 'no-store' })).ok
  } catch {
    return false
  }
}
