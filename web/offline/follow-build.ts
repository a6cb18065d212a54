import type { Router } from 'vue-router'
import { showNewVersion } from './new-version.ts'
import { isOther, isServerOther } from './own-build.ts'

/** A page that is looked at again asks the server for its build at most this often. */
const MIN_INTERVAL_MS = 60_000

/**
 * Compares the server's pages with this one: with each response of the API, when the page is looked at again, and when something
 * didn't load. An address whose files are gone is then opened as a whole page, of the new build.
 */
export function followBuild(router: Router): void {
  let checkedAt = Date.now()
  addEventListener('viva:build', (event) => {
    if (isOther((event as CustomEvent<unknown>).detail)) offer()
  })
  addEventListener('viva:unreachable', () => void check())
  addEventListener('vite:preloadError', () => void check())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && Date.now() - checkedAt > MIN_INTERVAL_MS) void check()
  })
  router.onError((_error, to) => void openWhole(to.fullPath))
  router.afterEach((to) => {
    if (to.meta.outcome === 'failed') void openWhole(to.fullPath)
  })

  async function check(): Promise<boolean> {
    checkedAt = Date.now()
    const isOther = await isServerOther()
    if (isOther) offer()
    return isOther
  }

  async function openWhole(address: string): Promise<void> {
    if (await check()) location.assign(address)
  }
}

function offer(): void {
  void showNewVersion()
  void updateWorker()
}

/** The new build is kept before it is needed. */
async function updateWorker(): Promise<void> {
  const workers = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker
  const registration = await workers?.getRegistration().catch(() => undefined)
  await registration?.update().catch(() => undefined)
}
