import { shallowRef } from 'vue'

/** Chromium's event, which no standard has: https://developer.mozilla.org/docs/Web/API/BeforeInstallPromptEvent */
interface InstallPrompt extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

/** Where `public/early.js` keeps the event: it is sent once, and often before the rest of the page has loaded. */
type EarlyWindow = Window & { vivaInstall?: InstallPrompt }

/** Whether this browser lets a page offer to install it. Reactive. */
export const canInstall = shallowRef(false)
/** Whether Viva runs as an installed app, or was installed from this page. Reactive. */
export const isInstalled = shallowRef(false)

let isWatching = false

/** Follows what the browser says about installing. Called when a page is mounted. */
export function watchInstall(): void {
  isInstalled.value ||= runsAsApp()
  canInstall.value = promptOf(window) !== undefined
  if (isWatching) return
  isWatching = true
  addEventListener('beforeinstallprompt', () => (canInstall.value = true))
  addEventListener('appinstalled', () => {
    isInstalled.value = true
    canInstall.value = false
  })
}

/** Opens the browser's own question. It can be asked once for each event. */
export async function install(): Promise<void> {
  const prompt = promptOf(window)
  delete (window as EarlyWindow).vivaInstall
  canInstall.value = false
  const answer = await prompt?.prompt().catch(() => undefined)
  if (answer?.outcome === 'accepted') isInstalled.value = true
}

function promptOf(window: EarlyWindow): InstallPrompt | undefined {
  return window.vivaInstall
}

/** Safari on iPhone and iPad has a property of its own. */
function runsAsApp(): boolean {
  const { standalone } = navigator as Navigator & { standalone?: boolean }
  return standalone === true || matchMedia('(display-mode: standalone)').matches
}
