import type { Router } from 'vue-router'
import { followBuild } from './follow-build.ts'
import { startWorker } from './start-worker.ts'

/**
 * What a page does once it has loaded and has nothing better to do: it keeps what is needed without the server, and notices a new
 * version.
 */
export function startOffline(router: Router): void {
  followBuild(router)
  void startWorker()
}
