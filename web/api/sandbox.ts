import type { Sandbox } from '../../contract/sandbox.ts'
import { callApi } from './call.ts'

const sandboxSchema = async () => (await import('./schemas.ts')).Sandbox

/** The sandbox of this browser, made on the first call: its people, limits and what of them is used. */
export function readSandbox(): Promise<Sandbox> {
  return callApi('/api/sandbox', sandboxSchema)
}

/** Puts the seeded people back and nobody else. */
export function resetSandbox(): Promise<Sandbox> {
  return callApi('/api/sandbox/reset', sandboxSchema, { method: 'POST' })
}
