import { hasFacts } from 'virtual:has-facts'
import { hasGlossary } from 'virtual:has-glossary'
import { bugTitles } from 'virtual:bug-titles'
import { decks } from 'virtual:decks'
import { cards } from 'virtual:lessons'
import { pages } from 'virtual:lesson-pages'
import { createMemoryHistory } from 'vue-router'
import { renderToString, ssrInterpolate } from 'vue/server-renderer'
import type { PageSource } from './api/pages.ts'
import { createViva } from './create-app.ts'
import { pageDataElement } from './page-data.ts'
import { studyPages, titleOf } from './router.ts'
import type { PageData } from './stores/deck.ts'

/** A page as the build writes it. */
export interface RenderedPage {
  html: string
  /** Elements for the head. */
  head: string
  status: number
  /** Source modules the page was rendered from: their chunks and styles are linked in the head. */
  modules: string[]
}

/** Every address that has a page of its own, `/404` among them. */
export async function routes(): Promise<string[]> {
  const glossary = hasGlossary ? ['/glossary'] : []
  const facts = hasFacts ? ['/original/facts', '/original/fact'] : []
  const study = studyPages.map(([path]) => path.replace(/\/:.*/, ''))
  return [
    ...['/', '/playground', '/original', '/about', ...facts, ...glossary, ...study, '/404'],
    ...cards.map(({ name }) => `/lessons/${name}`),
    ...Object.keys(bugTitles),
  ]
}

/** Renders the page of an address. */
export async function render(url: string): Promise<RenderedPage> {
  const source: PageSource = {
    cards: async () => cards,
    lesson: async (name) => pages[name] ?? null,
  }
  const { app, router, deck } = createViva(source, createMemoryHistory())
  await router.push(url)
  const context: { modules?: Set<string> } = {}
  const html = await renderToString(app, context)
  const to = router.currentRoute.value
  const missing = to.name === 'missing' || to.meta.outcome === 'missing'
  const lesson = missing ? undefined : deck.lessons.get(String(to.params.name))
  const bugTitle = bugTitles[to.path]?.replaceAll('`', '')
  const title = bugTitle === undefined ? titleOf(to, deck) : `${bugTitle} · Viva`
  const data: PageData = lesson ? { lesson } : { cards: deck.cards, ...(missing ? { missing } : {}) }
  return {
    html,
    head: headOf(title, lesson?.question, to.path) + pageDataElement(data),
    status: missing ? 404 : 200,
    modules: [...(context.modules ?? [])],
  }
}

function headOf(title: string, question: string | undefined, path: string): string {
  const description = question ?? decks[0].description
  return [
    `<title>${ssrInterpolate(title)}</title>`,
    `<meta name="description" content="${ssrInterpolate(description.replaceAll('`', ''))}" />`,
    path === '/404' ? '<meta name="robots" content="noindex" />' : '',
    '<link rel="icon" href="/favicon.svg" type="image/svg+xml" />',
    '<link rel="apple-touch-icon" href="/apple-touch-icon.png" />',
    '<link rel="manifest" href="/manifest.webmanifest" />',
    '<meta name="color-scheme" content="light dark" />',
    '<meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff" />',
    '<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#131416" />',
    // What must run before the page is painted, and before the browser offers to install it.
    '<script src="/early.js"></script>',
  ].join('')
}
