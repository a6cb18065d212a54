import { fetchedPages } from './api/pages.ts'
import { createViva } from './create-app.ts'
import { followNavigations } from './navigation.ts'
import { readPageData } from './page-data.ts'

const { app, router, deck } = createViva(fetchedPages, readPageData(document))
await router.open(location.href)
app.mount('#app')
followNavigations(router, deck)
