import { callApi, ownHeaders } from '../../api/call.ts'
import { Sandbox } from '../../api/schemas.ts'

/**
 * The sandbox of this browser, created by the first call: its people, its limits and how much of them is used. If the browser
 * doesn't send its cookie, all further requests of this page name the sandbox in a header.
 * @throws ApiFailure
 */
export async function readSandbox(): Promise<Sandbox> {
  const sandbox = await callApi('/api/sandbox', Sandbox)
  if (sandbox.cookieSent || 'X-Sandbox' in ownHeaders) return sandbox
  // It was just created. Naming it keeps a browser without cookies from creating another one.
  const headers = { 'X-Sandbox': sandbox.id }
  const again = await callApi('/api/sandbox', Sandbox, { headers })
  if (!again.cookieSent) ownHeaders['X-Sandbox'] = sandbox.id
  return again
}

/** Restores the seeded users and deletes all others. */
export function resetSandbox(): Promise<Sandbox> {
  return callApi('/api/sandbox/reset', Sandbox, { method: 'POST' })
}
