import Router from '@koa/router'
import type { OriginalBundle } from '#contract/original-tab/bundle.ts'

/** `GET /api/original`: whether this server has the original for a tab, and where. */
export function createOriginalApi(state: () => OriginalBundle): Router {
  const router = new Router({ prefix: '/api/original' })
  router.get('/', (ctx) => {
    ctx.body = state()
  })
  return router
}
