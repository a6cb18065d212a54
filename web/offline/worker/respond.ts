import type { Handling } from './handling.ts'
import { cacheNameOf } from './precache.ts'

/** How long a page may take to come from the network before the kept one is shown. */
const MAX_WAIT_MS = 4_000
const TOO_MANY = 429

interface Means {
  /** The build whose pages are shown when the network has none. */
  build: string
  load?: typeof fetch
  storage?: CacheStorage
  maxWaitMs?: number
}

/** The response to a request that is handled. Nothing is ever stored here. @throws as `fetch` */
export function respond(
  request: Request,
  handling: Exclude<Handling, { kind: 'leave' }>,
  { build, load = fetch, storage = caches, maxWaitMs = MAX_WAIT_MS }: Means,
): Promise<Response> {
  // A browser that has lost its storage must not lose the page, too.
  const keptOf = (cacheName?: string): Promise<Response | undefined> =>
    storage.match(handling.path, { ignoreVary: true, ...(cacheName && { cacheName }) }).catch(() => undefined)
  if (handling.kind === 'page') {
    return freshPage(
      () => load(request),
      () => keptOf(cacheNameOf(build)),
      maxWaitMs,
    ).then((response) => atItsAddress(response, request.url, handling.path))
  }
  const kept = handling.kind === 'asset' ? keptOf() : keptOf(cacheNameOf(handling.build))
  return kept.then((response) => response ?? load(request))
}

/** From the network, so that it is today's. The kept page is for a network that is gone, slow, or has only errors. */
async function freshPage(
  load: () => Promise<Response>,
  kept: () => Promise<Response | undefined>,
  maxWaitMs: number,
): Promise<Response> {
  const network = load()
  // It may fail when it is no longer waited for.
  network.catch(() => undefined)
  const wait = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), maxWaitMs))
  const first = await Promise.race([network, wait]).catch(() => 'failed' as const)
  if (typeof first !== 'string' && first.status < 500 && first.status !== TOO_MANY) return first
  return (await kept()) ?? network
}

/** As the server does, so that an address has one form: without slashes at its end, and without a lesson's number. */
function atItsAddress(response: Response, url: string, path: string): Response {
  const { pathname, search, origin } = new URL(url)
  const isKept = response.type !== 'opaqueredirect' && response.status === 200
  return isKept && pathname !== path ? Response.redirect(origin + path + search, 308) : response
}
