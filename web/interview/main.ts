import '../api/jitless.ts'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createWebHistory } from 'vue-router'
import { PAGE_SOURCE } from '../stores/deck.ts'
import InterviewApp from './InterviewApp.vue'
import { createInterviewRouter } from './router.ts'

/** The interview room is an app of its own: a candidate's browser loads none of the lessons, and a lesson none of the room. */
const app = createApp(InterviewApp)
app.use(createPinia())
// The panels of the playground name lessons where they can. Here they can't: a candidate's page leads to no answer.
app.provide(PAGE_SOURCE, { cards: async () => [], lesson: async () => null })
const router = createInterviewRouter(createWebHistory())
app.use(router)
await router.isReady()
app.mount('#app')
