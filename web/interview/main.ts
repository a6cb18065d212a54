import '../api/jitless.ts'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createWebHistory } from 'vue-router'
import { PAGE_SOURCE } from '../stores/deck.ts'
import InterviewApp from './InterviewApp.vue'
import { createInterviewRouter } from './router.ts'

/** The interview room is an app of its own: a candidate's browser loads no lessons, and a lesson loads nothing of the room. */
const app = createApp(InterviewApp)
app.use(createPinia())
// The playground links to lessons where it can. Not here: a candidate's page must not lead to an answer.
app.provide(PAGE_SOURCE, { cards: async () => [], lesson: async () => null })
const router = createInterviewRouter(createWebHistory())
app.use(router)
await router.isReady()
app.mount('#app')
