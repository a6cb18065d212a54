import { createWebHistory } from 'vue-router'
import { fetchedPages } from './api/pages.ts'
import { createViva } from './create-app.ts'
import { readPageData } from './page-data.ts'

const { app, router } = createViva(fetchedPages, createWebHistory(), readPageData(document))
await router.isReady()
app.mount('#app')
