/* global document */
/**
 * Runs in the browser during `npm run dev`: a lesson that is saved reloads the page, and what was sent before stays in the playground, but
 * for steps that were edited: their claims are to be judged anew.
 */
const KEY = 'viva:dev-results'
const WAIT_MS = 50

import.meta.hot?.on('vite:beforeFullReload', () => {
  const { playground } = stores() ?? {}
  if (!playground) return
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ playground, steps: stepTexts() }))
  } catch {
    // More than a browser keeps: the page begins anew, as after any reload.
    sessionStorage.removeItem(KEY)
  }
})
const kept = sessionStorage.getItem(KEY)
sessionStorage.removeItem(KEY)
if (kept !== null) restore(JSON.parse(kept))

function restore({ playground, steps }) {
  const now = stepTexts()
  const state = stores()
  // A lesson comes with its page, or is fetched after it.
  if (!state || Object.keys(now).length === 0) return void setTimeout(restore, WAIT_MS, { playground, steps })
  const isSame = (key) => now[key] === steps[key]
  const states = Object.entries(playground.states).filter(([key]) => isSame(key))
  const history = playground.history.filter(({ step }) => step === null || isSame(`${step.slug}/${step.id}`))
  const results = { ...playground, states: Object.fromEntries(states), history }
  const store = state.playground
  if (!store) state.playground = results
  else {
    store.history = history
    // What the store holds as objects stays the same objects.
    for (const name of ['drafts', 'variables', 'states']) Object.assign(store[name], results[name])
  }
}

/** The state of the page's stores by name, once its app is mounted. */
function stores() {
  const app = document.querySelector('#app')?.__vue_app__
  return app?.config.globalProperties.$pinia?.state.value
}

/** The steps of the lessons that are loaded, as JSON, by `<lesson>/<step>`. */
function stepTexts() {
  const lessons = [...(stores()?.deck?.lessons?.values() ?? [])]
  return Object.fromEntries(
    lessons.flatMap(({ slug, steps }) => steps.map((step) => [`${slug}/${step.id}`, JSON.stringify(step)])),
  )
}
