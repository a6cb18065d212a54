const KEY = 'viva:original-running'

/** Whether the original was running when this tab's last page ended without leaving: then the browser ended it. */
export function lastDiedHere(): boolean {
  try {
    const died = sessionStorage.getItem(KEY) !== null
    sessionStorage.removeItem(KEY)
    return died
  } catch {
    return false
  }
}

/** Notes in this tab that the original runs. Leaving the page takes the note away; a tab that dies leaves it. */
export function markRunning(running: boolean): void {
  try {
    if (!running) return sessionStorage.removeItem(KEY)
    sessionStorage.setItem(KEY, '1')
    addEventListener('pagehide', () => markRunning(false), { once: true })
  } catch {
    // A browser without storage can't tell afterwards.
  }
}
