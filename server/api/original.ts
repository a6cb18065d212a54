import Router from '@koa/router'
import type { OriginalBundle } from '#contract/original-tab/bundle.ts'

/** `GET /api/original`: whether this server has the original for a tab, and where. It may appear while the server runs. */
export function createOriginalApi(state: () => OriginalBundle): Router {
  const router = new Router({ prefix: '/api/original' })
  router.get('/', (ctx) => {
    const bundle: OriginalBundle = state()
    ctx.body = bundle
  })
  return router
}
