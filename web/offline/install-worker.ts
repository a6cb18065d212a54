import { cachedBuilds } from './worker/precache.ts'

const ADDRESS = '/sw.js'
/** How long to wait before an installation that broke off is started again; after the last one, it is left to the next page. */
const PAUSES_MS = [5_000, 30_000, 120_000]

/**
 * Registers the service worker of this server, if it has one, and starts its installation again where that breaks off: Firefox
 * ends one that takes a minute, and in every browser a single file that can't be had is enough. What was kept stays, so each
 * attempt goes on where the one before stopped. The same holds for an update that the browser finds later.
 * @throws when the browser refuses, or the server can't be reached
 */
export async function installWorker(workers: ServiceWorkerContainer): Promise<void> {
  if (!(await hasWorker())) return
  const pauses = [...PAUSES_MS]
  follow(await workers.register(ADDRESS))

  function follow(registration: ServiceWorkerRegistration): void {
    registration.onupdatefound = () => followNew(registration.installing)
    // A first installation may have begun before this.
    followNew(registration.installing)
  }

  function followNew(worker: ServiceWorker | null): void {
    if (worker === null) return
    // Assigned, because the same worker may be met twice. The first change is its end, good or bad.
    worker.onstatechange = () => {
      worker.onstatechange = null
      if (worker.state === 'redundant') againLater()
    }
  }

  function againLater(): void {
    const pauseMs = pauses.shift()
    if (pauseMs !== undefined) setTimeout(() => void again().catch(againLater), pauseMs)
  }

  async function again(): Promise<void> {
    // Only a lack of space leaves nothing behind, and that doesn't pass.
    if ((await cachedBuilds()).length === 0 || !(await hasWorker())) return
    const registration = await workers.register(ADDRESS)
    follow(registration)
    // To register again begins a first installation, but not an update.
    if (registration.active !== null) await registration.update()
  }
}

/** A browser revives a worker that is about to end if it is registered again, even where the server has none any more. */
async function hasWorker(): Promise<boolean> {
  return (await fetch(ADDRESS, { method: 'HEAD', cache: 'no-store' })).ok
}
