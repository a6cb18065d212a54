import { createPinia, setActivePinia } from 'pinia'
import { createSSRApp, type App as VueApp } from 'vue'
import type { Router, RouterHistory } from 'vue-router'
import type { PageSource } from './api/pages.ts'
import App from './App.vue'
import { createPages } from './router.ts'
import { PAGE_SOURCE, useDeckStore, type PageData } from './stores/deck.ts'

export interface Viva {
  app: VueApp
  router: Router
  deck: ReturnType<typeof useDeckStore>
}

/**
 * Creates the app, the same in the build and in a browser.
 * @param source where lessons come from
 * @param pageData what the page's HTML carried
 */
export function createViva(source: PageSource, history: RouterHistory, pageData: PageData = {}): Viva {
  const app = createSSRApp(App)
  const pinia = createPinia()
  app.provide(PAGE_SOURCE, source)
  app.use(pinia)
  setActivePinia(pinia)
  const deck = useDeckStore(pinia)
  deck.adopt(pageData)
  const router = createPages(history, deck, pageData)
  app.use(router)
  return { app, router, deck }
}
