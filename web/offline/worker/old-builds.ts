import { cachedBuilds, deleteBuild } from './precache.ts'
import type { PageClient } from './scope.ts'

/** A page that is asleep answers later, or never: what it may need is kept then. */
const MAX_ANSWER_MS = 10_000

/** What a worker of any build asks a page of any build: it must never change. The answer is the page's build. */
const ASK_BUILD = 'viva:which-build'

/**
 * Deletes builds that no open page uses. If one page doesn't say which build it is of, none is deleted.
 * @param current the worker's own build, which is kept
 * @param pages open pages of learners
 */
export async function deleteOldBuilds(
  current: string,
  pages: readonly PageClient[],
  { storage = caches, maxAnswerMs = MAX_ANSWER_MS }: { storage?: CacheStorage; maxAnswerMs?: number } = {},
): Promise<void> {
  const old = (await cachedBuilds(storage)).filter((build) => build !== current)
  if (old.length === 0) return
  const used = await Promise.all(pages.map((page) => buildOf(page, maxAnswerMs)))
  if (used.includes(null)) return
  await Promise.all(old.filter((build) => !used.includes(build)).map((build) => deleteBuild(build, storage)))
}

function buildOf(page: PageClient, maxAnswerMs: number): Promise<string | null> {
  const { port1, port2 } = new MessageChannel()
  return new Promise<string | null>((resolve) => {
    port1.onmessage = ({ data }) => resolve(typeof data === 'string' ? data : null)
    setTimeout(() => resolve(null), maxAnswerMs)
    page.postMessage(ASK_BUILD, [port2])
  }).finally(() => port1.close())
}
