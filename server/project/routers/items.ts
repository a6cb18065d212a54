/** The smallest route there is. */
import { z } from 'zod'
import { APIRouter } from '../../fastapi/api-router.ts'
import { str } from '../../fastapi/validation/field-types.ts'

// region items.router
export const router = new APIRouter({ tags: ['items'] })
// endregion

// region items.get_items
// Nothing is awaited here, so `async` gains nothing; it costs no thread either.
router.get('/items', { region: 'items.get_items', async: true, response: z.array(str()) }, async () => {
  return ['item1', 'item2']
})
// endregion
