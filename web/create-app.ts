import { createPinia, setActivePinia } from 'pinia'
import { createSSRApp, type App as VueApp } from 'vue'
import type { Router, RouterHistory } from 'vue-router'
import type { PageSource } from './api/pages.ts'
import App from './App.vue'
import { createViews } from './router.ts'
import { PAGE_SOURCE, useDeckStore, type CameWith } from './stores/deck.ts'

export interface Viva {
  app: VueApp
  router: Router
  deck: ReturnType<typeof useDeckStore>
}

/** The app, the same at build and in a browser. */
export function createViva(source: PageSource, history: RouterHistory, cameWith: CameWith = {}): Viva {
  const app = createSSRApp(App)
  const pinia = createPinia()
  app.provide(PAGE_SOURCE, source)
  app.use(pinia)
  setActivePinia(pinia)
  const deck = useDeckStore(pinia)
  deck.adopt(cameWith)
  const router = createViews(history, deck, cameWith)
  app.use(router)
  return { app, router, deck }
}
