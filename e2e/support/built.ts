import { ensureBuilt } from '../../scripts/ensure-built.mjs'

/** Vitest's global setup for the tests that run the built app. */
export default async function built(): Promise<void> {
  await ensureBuilt()
}
