import type { StoreView } from '#contract/sandbox.ts'
import { callApi } from '../../api/call.ts'

/** The sandbox's committed rows, without password hashes. */
export function readStore(): Promise<StoreView> {
  return callApi('/api/sandbox/store', async () => (await import('../../api/schemas.ts')).StoreView)
}
