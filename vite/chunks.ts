/** Small modules that a lesson page with its playground needs in any case, by a part of their path. */
const everyPage = [
  'plugin-vue:export-helper',
  'vite/preload-helper',
  '/web/App.vue',
  '/web/api/call.ts',
  '/web/api/pages.ts',
  '/web/api/while-busy.ts',
  '/web/components/layout/',
  '/web/components/lesson/Code',
  '/web/components/lesson/LanguageChoice.vue',
  '/web/components/lesson/light-lines.ts',
  '/web/components/playground/request-parts.ts',
  '/web/components/ui/StaticHtml.ts',
  '/web/components/ui/CopyButton.vue',
  '/web/components/ui/RichText.ts',
  '/web/components/ui/SeenBar.vue',
  '/web/components/ui/UiIcon.vue',
  '/web/composables/playground/draft.ts',
  '/web/composables/playground/use-drafts.ts',
  '/web/composables/typing.ts',
  '/web/composables/use-',
  '/web/composables/when-idle.ts',
  '/web/create-app.ts',
  '/web/page-data.ts',
  '/web/router.ts',
  '/web/stores/',
]

/** Small modules that come with the first request, by a part of their path. */
const firstRequest = [
  '/contract/run-plan.ts',
  '/contract/request.ts',
  '/contract/variables.ts',
  '/web/api/login.ts',
  '/web/api/sandbox.ts',
  '/web/api/store.ts',
  '/web/api/traces.ts',
  '/web/api/twin.ts',
  '/web/composables/playground/judge.ts',
  '/web/composables/playground/request-of-draft.ts',
  '/web/composables/playground/run.ts',
  '/web/composables/playground/send.ts',
  '/web/composables/playground/summary.ts',
  '/web/composables/playground/token.ts',
  '/web/composables/playground/traceparent.ts',
]

/** What is put together: one chunk compresses better than the dozen that its parts would be. */
export const chunkGroups = [
  { name: 'vue', test: /node_modules[\\/](@vue|vue|vue-router|pinia)[\\/]/ },
  { name: 'shell', test: (id: string) => everyPage.some((part) => id.includes(part)) },
  { name: 'first-request', test: (id: string) => firstRequest.some((part) => id.includes(part)) },
]
