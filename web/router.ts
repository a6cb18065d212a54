import { inject, shallowRef, type Component, type InjectionKey, type ShallowRef } from 'vue'
import LoadProblem from './components/layout/LoadProblem.vue'
import type { CameWith, Outcome, useDeckStore } from './stores/deck.ts'

/** Where the reader is. */
export interface Place {
  name: 'home' | 'lesson' | 'playground' | 'about' | 'missing'
  path: string
  /** The lesson's, or ''. */
  slug: string
  query: Record<string, string>
}

/** A place with what is shown there. */
export interface View {
  place: Place
  page: Component
  outcome: Outcome
}

export interface Router {
  view: Readonly<ShallowRef<View>>
  /**
   * Gets the page of an address and its content, then shows both at once: no page has to draw itself empty.
   * @param signal says that the reader has gone elsewhere meanwhile
   */
  open: (address: string, signal?: AbortSignal) => Promise<void>
  /** Changes the address of the page that is open, without a new entry in the history. An empty value takes its name away. */
  setQuery: (query: Record<string, string>) => void
}

type Deck = ReturnType<typeof useDeckStore>

const ROUTER: InjectionKey<Router> = Symbol('router')

const pages: Record<Place['name'], () => Promise<{ default: Component }>> = {
  home: () => import('./pages/HomePage.vue'),
  lesson: () => import('./pages/LessonPage.vue'),
  playground: () => import('./pages/PlaygroundPage.vue'),
  about: () => import('./pages/AboutPage.vue'),
  missing: () => import('./pages/NotFoundPage.vue'),
}

/** What an address of this site leads to. */
export function placeOf(address: string): Place {
  const { pathname, searchParams } = new URL(address, 'http://viva')
  const path = pathname.replace(/(.)\/$/, '$1')
  const slug = /^\/lessons\/([\w-]+)$/.exec(path)?.[1] ?? ''
  const known: Record<string, Place['name']> = { '/': 'home', '/playground': 'playground', '/about': 'about' }
  const name = slug ? 'lesson' : (known[path] ?? 'missing')
  return { name, path, slug, query: Object.fromEntries(searchParams) }
}

/** @param cameWith what the first page came with */
export function createRouter(deck: Deck, cameWith: CameWith): Router {
  const view = shallowRef<View>({ place: placeOf('/'), page: LoadProblem, outcome: 'failed' })
  let missing = cameWith.missing

  async function open(address: string, signal?: AbortSignal): Promise<void> {
    const place = placeOf(address)
    const outcome = missing ? 'missing' : await load(place, deck)
    missing = false
    if (outcome === 'missing') await deck.loadCards()
    const page = await pageFor(outcome === 'missing' ? 'missing' : place.name, outcome)
    if (!signal?.aborted)
      view.value = { place, page: page ?? LoadProblem, outcome: page ? outcome : 'failed' }
  }

  function setQuery(query: Record<string, string>): void {
    const kept = Object.entries(query).filter(([, value]) => value !== '')
    const { place } = view.value
    view.value = { ...view.value, place: { ...place, query: Object.fromEntries(kept) } }
    const search = new URLSearchParams(kept).toString()
    history.replaceState(history.state, '', `${place.path}${search && `?${search}`}${location.hash}`)
  }

  return { view, open, setQuery }
}

export function provideRouter(
  app: { provide: (key: typeof ROUTER, router: Router) => unknown },
  router: Router,
): void {
  app.provide(ROUTER, router)
}

/** @throws outside of the app */
export function useRouter(): Router {
  const router = inject(ROUTER)
  if (router === undefined) throw new Error('no router was provided')
  return router
}

/** What the window's title says. */
export function titleOf({ place, outcome }: View, deck: Deck): string {
  if (outcome === 'failed') return 'Not loaded · Viva'
  const titles: Record<Place['name'], string> = {
    home: 'Viva: the FastAPI interview, answers you can run',
    lesson: `${deck.lessons.get(place.slug)?.title.replaceAll('`', '')} · Viva`,
    playground: 'Playground · Viva',
    about: 'How Viva works · Viva',
    missing: 'Not found · Viva',
  }
  return titles[outcome === 'missing' ? 'missing' : place.name]
}

async function load({ name, slug }: Place, deck: Deck): Promise<Outcome> {
  if (name === 'missing') return 'missing'
  if (name === 'lesson') return deck.loadLesson(slug)
  return name === 'home' ? deck.loadCards() : 'ready'
}

/** A chunk that does not come is a page that does not load. */
async function pageFor(name: Place['name'], outcome: Outcome): Promise<Component | null> {
  if (outcome === 'failed') return null
  return pages[name]().then(
    (module) => module.default,
    () => null,
  )
}
