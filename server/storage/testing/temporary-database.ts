import { onTestFinished } from 'vitest'
import { makeDatabase } from './make-database.ts'

/** Address of a database of its own, which is dropped when the test is over. */
export async function temporaryDatabase(): Promise<string> {
  const { url, drop } = await makeDatabase()
  onTestFinished(drop)
  return url
}
