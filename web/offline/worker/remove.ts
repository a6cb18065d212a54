import { cachedBuilds, deleteBuild } from './precache.ts'
import type { WorkerScope } from './scope.ts'

/** Ends this worker and deletes all that it kept. Open pages go on with the network alone. */
export async function remove(scope: WorkerScope): Promise<void> {
  await scope.registration.unregister()
  await Promise.all((await cachedBuilds()).map((build) => deleteBuild(build)))
}

/** Removes this worker if its server has none any more: it was replaced by an older Viva, or by something else. */
export async function removeIfGone(scope: WorkerScope): Promise<void> {
  const response = await fetch(scope.location.pathname, { method: 'HEAD', cache: 'no-store' }).catch(
    () => null,
  )
  if (response !== null && [404, 410].includes(response.status)) await remove(scope)
}
