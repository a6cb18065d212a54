import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { stopPostgres } from '../../server/storage/testing/postgres.mjs'
import { startApp } from './app.ts'

/** Starts the built app once for all journeys; its address is in `VIVA_URL`. */
export default async function startForJourneys(): Promise<() => Promise<void>> {
  process.env.VIVA_BUILD = await ensureBuilt()
  // All journeys come from one address, and many of them create an interview.
  const app = await startApp({ env: { INTERVIEWS_PER_HOUR: '10000' } })
  app.process.stderr?.pipe(process.stderr)
  process.env.VIVA_URL = app.origin.replace('127.0.0.1', 'localhost')
  return async () => {
    await app.stop()
    await app.remove()
    await stopPostgres()
  }
}
