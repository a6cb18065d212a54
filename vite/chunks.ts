/** Small modules that a lesson page with its playground needs in any case, by a part of their path. */
export const everyPage = [
  'plugin-vue:export-helper',
  'vite/preload-helper',
  '/web/App.vue',
  '/web/api/pages.ts',
  '/web/layout/',
  '/web/ui/StaticHtml.ts',
  '/web/ui/RichText.ts',
  '/web/ui/UiIcon.vue',
  'virtual:has-glossary',
  'virtual:has-practice',
  '/web/ui/focus-heading.ts',
  '/web/ui/typing.ts',
  '/web/ui/use-',
  '/web/ui/when-idle.ts',
  '/web/create-app.ts',
  '/web/page-data.ts',
  '/web/router.ts',
  '/web/stores/',
]

/** A lesson's text: prerendered pages have its HTML, so it loads when they are idle. */
export const lessonText = [
  '/web/code/Code',
  '/web/code/LanguageChoice.vue',
  '/web/code/highlight-lines.ts',
  '/web/lesson/CodeSection.vue',
  '/web/lesson/CommonMistakes.vue',
  '/web/lesson/FollowUps.vue',
  '/web/lesson/KeyPoints.vue',
  '/web/lesson/LessonHead.vue',
  '/web/lesson/LessonPart.vue',
  '/web/lesson/LessonText.vue',
  '/web/lesson/LessonTurn.vue',
  '/web/lesson/TodaySources.vue',
  '/web/lesson/use-claim-marks.ts',
  '/web/lesson/use-pointing.ts',
  '/web/lesson/toggle-fact.ts',
]

/** What a prerendered page loads late, as the manifest names it: its HTML links the styles alone. */
export const lateModules = ['web/lesson/LessonText.vue']

/** A lesson page with its playground: one chunk is smaller than two. */
export const lessonPage = [
  '/web/playground/request/request-parts.ts',
  '/web/playground/request/draft.ts',
  '/web/playground/request/use-drafts.ts',
  '/web/playground/run/known-people.ts',
  '/web/playground/run/playground-store.ts',
  '/web/lesson/LessonPage.vue',
  '/web/lesson/PlaygroundSlot.vue',
  '/web/lesson/use-lesson-step.ts',
  '/web/lesson/use-sheet.ts',
  '/web/lesson/late-parts.ts',
  '/web/lesson/lit-region.ts',
  '/web/playground/PlaygroundPanel.vue',
  '/web/playground/PanelTools.vue',
  '/web/playground/ResultTabs.vue',
  '/web/playground/request/RequestEditor.vue',
  '/web/playground/request/use-folding.ts',
  '/web/playground/run/use-',
  '/web/playground/answer/OutcomePart.vue',
  '/web/playground/predict/PredictCard.vue',
  '/web/playground/predict/VerdictStrip.vue',
  '/web/playground/predict/use-',
  '/web/playground/steps/ClaimList.vue',
  '/web/playground/steps/Step',
]

/** Small modules that the first request needs, by a part of their path. */
export const firstRequest = [
  '/contract/jwt-part.ts',
  '/contract/predict/actual.ts',
  '/contract/status-meaning.ts',
  '/contract/run-plan.ts',
  '/contract/regex.ts',
  '/contract/request.ts',
  '/contract/variables.ts',
  '/web/playground/api/login.ts',
  '/web/playground/api/sandbox.ts',
  '/web/playground/api/evidence.ts',
  '/web/playground/api/send-request.ts',
  '/web/playground/predict/judge.ts',
  '/web/playground/run/check-claims.ts',
  '/web/playground/run/people-store.ts',
  '/web/playground/request/request-of-draft.ts',
  '/web/playground/run/run.ts',
  '/web/playground/run/send.ts',
  '/web/playground/run/summary.ts',
  '/web/playground/token/token.ts',
]

/** Modules that call the app's own API: needed by the first request and by interviews, but not by a lesson page. */
const apiCalls = ['/web/api/call.ts', '/web/api/while-busy.ts']

/** What lists of lessons and a lesson's head share. */
const cards = ['/contract/level.ts', '/web/ui/SeenBar.vue']

/** Parts of many pages that would otherwise be in the chunk of the first one. */
const copying = ['/web/ui/CopyButton.vue', '/web/browser/clipboard.ts']

/** Modules that share a chunk: one chunk compresses better than the dozen that its parts would be. */
export const chunkGroups = [
  { name: 'vue', test: /node_modules[\\/](@vue|vue|vue-router|pinia)[\\/]/ },
  { name: 'shell', test: (id: string) => everyPage.some((part) => id.includes(part)) },
  { name: 'lesson', test: (id: string) => lessonPage.some((part) => id.includes(part)) },
  { name: 'cards', test: (id: string) => cards.some((part) => id.includes(part)) },
  { name: 'copy', test: (id: string) => copying.some((part) => id.includes(part)) },
  { name: 'lesson-text', test: (id: string) => lessonText.some((part) => id.includes(part)) },
  { name: 'api', test: (id: string) => apiCalls.some((part) => id.includes(part)) },
  { name: 'first-request', test: (id: string) => firstRequest.some((part) => id.includes(part)) },
]
