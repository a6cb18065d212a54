import { isPage, type BuiltFiles } from './handling.ts'

const PREFIX = 'viva:build:'
/** How many files are requested at once: the page itself needs the browser's other connections. */
const PARALLEL = 3

/** The name of the cache that holds one build's files. */
export function cacheNameOf(build: string): string {
  return PREFIX + build
}

/** The builds that have a cache here, complete or not. */
export async function cachedBuilds(storage: CacheStorage = caches): Promise<string[]> {
  const names = await storage.keys()
  return names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length))
}

/** Deletes what is kept of a build. */
export function deleteBuild(build: string, storage: CacheStorage = caches): Promise<boolean> {
  return storage.delete(cacheNameOf(build))
}

/**
 * Keeps all files of a build. Each must have the content that was built: an error page, a portal's sign-in page, half a file or
 * a file of another build is never kept. What was kept before an interruption isn't loaded again, nor is what another build has.
 * @throws when a file can't be had, or there is no space; nothing is left behind where space is short
 */
export async function keepBuild(
  build: string,
  files: BuiltFiles,
  { storage = caches, load = fetch }: { storage?: CacheStorage; load?: typeof fetch } = {},
): Promise<void> {
  const cache = await storage.open(cacheNameOf(build))
  const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname))
  const missing = Object.entries(files).filter(([path]) => !kept.has(path))
  const keepNext = async (): Promise<void> => {
    for (let next = missing.shift(); next !== undefined; next = missing.shift()) {
      const [path, hash] = next
      await cache.put(path, await wholeFile(path, hash, storage, load))
    }
  }
  const stop = (error: unknown): never => {
    missing.length = 0
    throw error
  }
  const ends = await Promise.allSettled(Array.from({ length: PARALLEL }, () => keepNext().catch(stop)))
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed === undefined) return
  if ((failed.reason as Error).name === 'QuotaExceededError') await deleteBuild(build, storage)
  throw failed.reason
}

async function wholeFile(
  path: string,
  hash: string,
  storage: CacheStorage,
  load: typeof fetch,
): Promise<Response> {
  const earlier = await storage.match(path, { ignoreVary: true })
  if (earlier !== undefined && (await isIntact(earlier, path, hash))) return earlier
  // The browser may still have what the page has just loaded. If that is wrong, the server decides.
  for (const cache of ['no-cache', 'reload'] as const) {
    const response = await load(path, { cache, credentials: 'same-origin', redirect: 'error' })
    if (await isIntact(response, path, hash)) return response
  }
  throw new Error(`${path} is not the file of this build`)
}

/** Whether a response is exactly the file that was built. Its body can still be read afterwards. */
async function isIntact(response: Response, path: string, hash: string): Promise<boolean> {
  const { status, type, redirected, headers } = response
  if (status !== 200 || redirected || !['basic', 'default'].includes(type)) return false
  if (!typeOf(path).test(headers.get('Content-Type') ?? '')) return false
  const digest = await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer())
  return btoa(String.fromCharCode(...new Uint8Array(digest))) === hash
}

function typeOf(path: string): RegExp {
  if (isPage(path)) return /^text\/html\b/
  if (path.endsWith('.js')) return /^(text|application)\/javascript\b/
  if (path.endsWith('.json')) return /^application\/json\b/
  return path.endsWith('.css') ? /^text\/css\b/ : /^\w+\//
}
