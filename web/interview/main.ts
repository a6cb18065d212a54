import '../api/jitless.ts'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createWebHistory } from 'vue-router'
import InterviewApp from './InterviewApp.vue'
import { createInterviewRouter } from './router.ts'

/** The interview room is an app of its own: a candidate's browser loads none of the lessons, and a lesson none of the room. */
const app = createApp(InterviewApp)
app.use(createPinia())
const router = createInterviewRouter(createWebHistory())
app.use(router)
await router.isReady()
app.mount('#app')
