import type { Router } from 'vue-router'
import { startOffline } from './offline/start.ts'
import { whenIdle } from './ui/when-idle.ts'

/** What every page does once it has loaded: nothing here may delay it, or be part of its first scripts. */
export function afterLoad(router: Router): void {
  startOffline(router)
  // Loaded ahead, so that the search still opens if the server goes away.
  whenIdle(() => {
    void import('./study/log/record.ts').then(({ recordMarks }) => recordMarks()).catch(() => undefined)
    for (const load of [() => import('./search/SearchDialog.vue'), () => import('./search/KeysDialog.vue')])
      void load().catch(() => undefined)
  })
}
