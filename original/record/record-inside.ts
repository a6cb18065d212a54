import { sendRaw } from '../replay/raw-client.ts'
import type { Inside } from '../replay/recording.ts'
import type { Original } from './original.ts'

/** Requests whose exception nothing handles, and how many at once it takes. */
const RAISES: [path: string, calls: number][] = [
  ['/lab/boom', 1],
  ['/lab/connection?ms=2000', 16],
  ['/lab/connection/async?ms=2000', 16],
]

/** What the original does that no answer shows. */
export async function recordInside(original: Original): Promise<Inside> {
  const logs: Inside['logs'] = []
  for (const [path, calls] of RAISES) {
    await original.reset()
    const request = { method: 'GET', path, headers: [] }
    await Promise.all(Array.from({ length: calls }, () => sendRaw(original.origin, request)))
    logs.push({ path, calls, log: await original.logged() })
  }
  return { startUp: original.startUp, logs }
}
