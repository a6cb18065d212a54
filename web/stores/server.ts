import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** Between two checks while the server doesn't respond. */
const RETRY_INTERVAL_MS = 2000

/** Whether the server responds. A request without a response reports it with the event `viva:unreachable`. */
export const useServerStore = defineStore('server', () => {
  const state = shallowRef<'reachable' | 'offline' | 'down'>('reachable')
  /** Seconds until a request that the busy server refused is sent again; 0 while none is waiting. */
  const busySeconds = shallowRef(0)
  let waitingRequests = 0
  let polling = false

  function open(): void {
    addEventListener('viva:unreachable', () => void watch())
    addEventListener('viva:busy', (event) => noteBusy((event as CustomEvent<number>).detail))
    addEventListener('offline', () => void watch())
    addEventListener('online', () => void watch())
    if (!navigator.onLine) void watch()
  }

  /** Checks until the server responds. */
  async function watch(): Promise<void> {
    if (polling) return
    polling = true
    while (!(await isAlive())) {
      state.value = navigator.onLine ? 'down' : 'offline'
      await new Promise((resolve) => setTimeout(resolve, RETRY_INTERVAL_MS))
    }
    state.value = 'reachable'
    polling = false
  }

  function noteBusy(seconds: number): void {
    waitingRequests += seconds > 0 ? 1 : -1
    if (seconds > 0) busySeconds.value = seconds
    else if (waitingRequests === 0) busySeconds.value = 0
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
