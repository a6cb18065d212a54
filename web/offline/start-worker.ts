import { installWorker } from './install-worker.ts'
import { showNewVersion } from './new-version.ts'
import { isOther, isServerOther, ownBuild } from './own-build.ts'

/**
 * Registers the service worker, which then keeps what the pages need: not in development, not where a page came over plain HTTP,
 * where browsers have none, and not for people who save data. Where the browser refuses, everything works with the server alone.
 */
export async function startWorker(): Promise<void> {
  const workers = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker
  if (workers === undefined) return
  try {
    if (import.meta.env.DEV) return await removeWorkers(workers)
    workers.addEventListener('message', ({ data, ports }) => {
      // The only other thing a worker sends is its question which build this page is of.
      if (typeof data === 'string') ports[0]?.postMessage(ownBuild())
      else void offerIfNewer((data as { build?: unknown } | null)?.build)
    })
    workers.startMessages()
    workers.addEventListener('controllerchange', () => greet(workers))
    greet(workers)
    const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } }
    if (connection?.saveData !== true) await installWorker(workers)
  } catch {
    // Denied, or no space left.
  }
}

/** While its successor is being installed, a worker may be of a build before the page's. */
async function offerIfNewer(build: unknown): Promise<void> {
  if (isOther(build) && (await isServerOther())) await showNewVersion()
}

/** The worker answers with its build. */
function greet({ controller }: ServiceWorkerContainer): void {
  controller?.postMessage('hello')
}

/** A production build on this address may have left one. */
async function removeWorkers(workers: ServiceWorkerContainer): Promise<void> {
  for (const registration of await workers.getRegistrations()) await registration.unregister()
}
