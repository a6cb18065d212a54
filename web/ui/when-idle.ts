/**
 * Runs a function once the page has loaded and the browser is idle.
 * @param run is not awaited
 * @param always also for users who save data
 */
export function whenIdle(run: () => void, always = false): void {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } }
  if (!always && connection?.saveData === true) return
  const idle = (): void => {
    // Safari has no idle callbacks.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(run)
    else setTimeout(run, 2_000)
  }
  if (document.readyState === 'complete') idle()
  else addEventListener('load', idle, { once: true })
}
