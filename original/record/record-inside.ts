import { sendRaw } from '../replay/raw-client.ts'
import type { Inside } from '../replay/recording.ts'
import type { Original } from './original.ts'

/** Requests whose exception nothing handles. */
const LOGGED = ['/lab/boom']

/** What the original does that no answer shows. */
export async function recordInside(original: Original): Promise<Inside> {
  const logs: Inside['logs'] = {}
  for (const path of LOGGED) {
    await original.reset()
    await sendRaw(original.origin, { method: 'GET', path, headers: [] })
    logs[path] = await original.logged()
  }
  return { logs }
}
