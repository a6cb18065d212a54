import { hasGlossary } from 'virtual:has-glossary'
import { hasBugs, hasQuizzes, hasTasks } from 'virtual:has-practice'
import { siteTitle } from 'virtual:site-title'
import { createRouter, type RouteLocationNormalized, type Router, type RouterHistory } from 'vue-router'
import type { PageData, Outcome, useDeckStore } from './stores/deck.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** The page's own title, where it isn't a lesson's. */
    title?: string
    /** Whether the page lists lessons. */
    lists?: boolean
    /** Whether the page is a tab of Practice. */
    study?: boolean
    outcome?: Outcome
  }
}

const glossary = {
  path: '/glossary',
  name: 'glossary',
  component: () => import('./home/GlossaryPage.vue'),
  meta: { title: 'Glossary' },
}

/** The pages of practice: one chunk, which chooses by address. A bug's address is `/practice/bugs/<lesson>/<bug>`. */
export const studyPages: readonly (readonly [path: string, title: string])[] = [
  ['/practice', 'Say it'],
  ...(hasQuizzes ? [['/practice/quiz', 'Quiz'] as const] : []),
  ...(hasTasks ? [['/practice/tasks', 'Tasks'] as const] : []),
  ...(hasBugs ? [['/practice/bugs/:bug(.+/.+)?', 'Bugs'] as const] : []),
  ['/practice/mock', 'Mock interview'],
  ['/review', 'Review'],
  ['/progress', 'Progress'],
  ['/cheat-sheet', 'Cheat sheet'],
]

type Deck = ReturnType<typeof useDeckStore>

/**
 * The pages and their addresses. Content is loaded before a page is shown, so no page has an empty state.
 * @param pageData what the first page's HTML carried
 */
export function createPages(history: RouterHistory, deck: Deck, pageData: PageData): Router {
  const router = createRouter({
    history,
    routes: [
      { path: '/', name: 'home', component: () => import('./home/HomePage.vue'), meta: { lists: true } },
      { path: '/lessons', redirect: '/' },
      // As they were when a lesson's number was in its address.
      { path: '/lessons/:number(\\d\\d)-:name', redirect: ({ params }) => `/lessons/${String(params.name)}` },
      { path: '/lessons/:name', name: 'lesson', component: () => import('./lesson/LessonPage.vue') },
      {
        path: '/playground',
        name: 'playground',
        component: () => import('./playground/PlaygroundPage.vue'),
        meta: { title: 'Playground' },
      },
      {
        path: '/original',
        name: 'original',
        component: () => import('./original/OriginalPage.vue'),
        meta: { title: 'FastAPI in this tab' },
      },
      {
        path: '/original/:page(facts?)',
        name: 'facts',
        component: () => import('./original/facts/FactPages.vue'),
        meta: { title: 'Facts' },
      },
      {
        path: '/about',
        name: 'about',
        component: () => import('./home/AboutPage.vue'),
        meta: { title: 'How Viva works' },
      },
      ...(hasGlossary ? [glossary] : []),
      ...studyPages.map(([path, title]) => ({
        ...{ path, name: path.slice(1), component: () => import('./study/StudyPages.vue') },
        meta: { title, lists: true, study: true },
      })),
      {
        path: '/:path(.*)*',
        name: 'missing',
        component: () => import('./home/NotFoundPage.vue'),
        meta: { title: 'Not found', lists: true },
      },
    ],
    scrollBehavior: (to, from, saved) => {
      if (saved) return saved
      // The playground is beside the text, or a sheet over it: the text stays where it is.
      if (to.hash === '#playground') return to.path === from.path ? false : { top: 0 }
      if (to.hash && document.getElementById(to.hash.slice(1))) return { el: to.hash, top: 72 }
      return to.path === from.path ? false : { top: 0 }
    },
  })
  let first = true
  router.beforeResolve(async (to) => {
    const missing = first && pageData.missing
    const outcome = missing ? 'missing' : await load(to, deck)
    // The first page has its text already.
    to.meta.outcome = !first && to.name === 'lesson' && !(await hasText()) ? 'failed' : outcome
    first = false
    if (to.meta.outcome === 'missing') await deck.loadCards()
  })
  return router
}

/** Loads the code of a lesson's text. @returns whether it is there */
async function hasText(): Promise<boolean> {
  try {
    const { loadLessonText } = await import('./lesson/late-parts.ts')
    await loadLessonText()
    return true
  } catch {
    return false
  }
}

function load(to: RouteLocationNormalized, deck: Deck): Promise<Outcome> | Outcome {
  if (to.name === 'lesson') return deck.loadLesson(String(to.params.name))
  return to.meta.lists ? deck.loadCards() : 'ready'
}

/** The window's title for a page. */
export function titleOf(to: RouteLocationNormalized, deck: Deck): string {
  if (to.name === 'home') return `Viva: ${siteTitle}`
  if (to.meta.outcome === 'missing') return 'Not found · Viva'
  const lesson = deck.lessons.get(String(to.params.name))
  return `${lesson?.title ?? to.meta.title ?? 'Didn’t load'} · Viva`
}
