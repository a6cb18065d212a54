import type { Sandbox } from '#contract/sandbox.ts'
import { callApi, ownHeaders } from '../../api/call.ts'

const sandboxSchema = async () => (await import('../../api/schemas.ts')).Sandbox

/**
 * The sandbox of this browser, made on the first call: its people, limits and what of them is used. Where the browser
 * doesn't send its cookie, all further requests of this page name it in a header.
 */
export async function readSandbox(): Promise<Sandbox> {
  const sandbox = await callApi('/api/sandbox', sandboxSchema)
  if (sandbox.cookieSent || 'X-Sandbox' in ownHeaders) return sandbox
  // It was made just now. Naming it keeps a browser without cookies from making another one.
  const headers = { 'X-Sandbox': sandbox.id }
  const again = await callApi('/api/sandbox', sandboxSchema, { headers })
  if (!again.cookieSent) ownHeaders['X-Sandbox'] = sandbox.id
  return again
}

/** Puts the seeded people back and nobody else. */
export function resetSandbox(): Promise<Sandbox> {
  return callApi('/api/sandbox/reset', sandboxSchema, { method: 'POST' })
}
