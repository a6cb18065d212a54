import { handlingOf, isPage, withoutSlashes, type BuiltFiles } from './handling.ts'
import { deleteOldBuilds } from './old-builds.ts'
import { keepBuild } from './precache.ts'
import { removeIfGone } from './remove.ts'
import { respond } from './respond.ts'
import type { WorkerScope } from './scope.ts'

// The service worker of one build, which the build fills in. It takes over at once: each page names the build that it is of, and
// gets that build's files from any worker.
declare const __BUILD__: string
declare const __FILES__: BuiltFiles

const build = __BUILD__
const files = __FILES__
const scope = self as unknown as WorkerScope
let wasChecked = false

scope.addEventListener('install', (event) => {
  event.waitUntil(keepBuild(build, files).then(() => scope.skipWaiting()))
})

scope.addEventListener('activate', (event) => {
  event.waitUntil(scope.clients.claim().then(sweep))
})

scope.addEventListener('fetch', (event) => {
  const handling = handlingOf(event.request, scope.location.origin, files)
  if (handling.kind === 'leave' || (handling.kind === 'page' && isBeingReplaced() && scope.navigator.onLine))
    return
  event.respondWith(respond(event.request, handling, { build }))
  if (handling.kind !== 'page' || wasChecked) return
  wasChecked = true
  event.waitUntil(removeIfGone(scope))
})

// A page that has started says which build it is of.
scope.addEventListener('message', (event) => {
  event.source?.postMessage({ build })
  event.waitUntil(sweep())
})

/** Whether a worker of a newer build is ready. Chromium ends this one, and a page it was fetching, as soon as it can. */
function isBeingReplaced(): boolean {
  return scope.registration.waiting !== null
}

async function sweep(): Promise<void> {
  // The successor does it. Asking pages, one of which may be gone, would only hold it up.
  if (isBeingReplaced()) return
  const pages = await scope.clients.matchAll({ type: 'window' })
  await deleteOldBuilds(
    build,
    pages.filter(({ url }) => isLearners(new URL(url).pathname)),
  )
}

/** Interviews and the API's documentation use nothing that is kept. */
function isLearners(pathname: string): boolean {
  const path = withoutSlashes(pathname)
  return isPage(path) && (path in files || path.startsWith('/lessons/'))
}
