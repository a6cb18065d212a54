import { onTestFinished, vi } from 'vitest'

/** Intervals run when the test lets their time pass, until it is over; promises and the file system run as ever. */
export function stopIntervals(): void {
  stop(['setInterval', 'clearInterval'])
}

/** The same for the date too. */
export function stopClock(): void {
  stop(['Date', 'setInterval', 'clearInterval'])
}

function stop(toFake: ('Date' | 'setInterval' | 'clearInterval')[]): void {
  vi.useFakeTimers({ toFake })
  onTestFinished(() => void vi.useRealTimers())
}
