import { loadDeck } from '../../deck/load.ts'
import type { CodeFault } from './code-fault.ts'
import { redClaims } from './red-claims.ts'
import { serveWithFault } from './serve-with-fault.ts'

export interface Job {
  /** Null for the app as it is. */
  fault: CodeFault | null
  /** Slugs of the lessons to run. */
  lessons: readonly string[]
}

/** The claims that turned red, or why that couldn't be found out. */
export type Outcome = { red: string[] } | { problem: string }

const deck = loadDeck('content/lessons')

/** Serves the app with a fault and runs lessons against it. */
export async function tryFault({ fault, lessons }: Job): Promise<Outcome> {
  try {
    const wanted = (await deck).filter(({ slug }) => lessons.includes(slug))
    const app = await serveWithFault(fault)
    try {
      return { red: await redClaims(app.origin, wanted) }
    } finally {
      await app.close()
    }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
