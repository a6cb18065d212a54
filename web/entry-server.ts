import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import App from './App.vue'

/** Every address that has a page of its own. */
export async function routes(): Promise<string[]> {
  return ['/', '/404']
}

/** Renders the page of an address for the build. */
export async function render(url: string): Promise<{ html: string; head: string; status: number }> {
  const html = await renderToString(createSSRApp(App))
  return { html, head: '<title>Viva</title>', status: url === '/404' ? 404 : 200 }
}
