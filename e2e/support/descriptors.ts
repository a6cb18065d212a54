import { readdirSync } from 'node:fs'
import type { App } from './app.ts'

/** How many descriptors the app has open; undefined where the system doesn't tell. */
export function descriptorsOf(app: App): number | undefined {
  try {
    return readdirSync(`/proc/${app.process.pid}/fd`).length
  } catch {
    return undefined
  }
}
