/**
 * Runs a function once the page has loaded and the browser is idle; never for users who save data.
 * @param run is not awaited
 */
export function whenIdle(run: () => void): void {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } }
  if (connection?.saveData === true) return
  const idle = (): void => {
    // Safari has no idle callbacks.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(run)
    else setTimeout(run, 2_000)
  }
  if (document.readyState === 'complete') idle()
  else addEventListener('load', idle, { once: true })
}
