import { callApi } from '../../api/call.ts'

interface Parser<T> {
  parse(json: unknown): T
}

/** Browsers refuse keepalive requests whose bodies add up to more than 64 KiB; this leaves room for several. */
const MAX_KEEPALIVE_CHARACTERS = 8_000

/**
 * Calls the interview API with a key as bearer token.
 * @param body sent as JSON by POST; without it the call is a GET
 * @throws ApiFailure when there is no response, or it is an error; its message can be shown to people
 */
export function callWithKey<T>(path: string, key: string, schema: Parser<T>, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { Authorization: `Bearer ${key}` }
  if (body === undefined) return callApi(path, schema, { headers })
  headers['Content-Type'] = 'application/json'
  const json = JSON.stringify(body)
  // A click just before the page is closed or reloaded still reaches the server.
  const keepalive = json.length <= MAX_KEEPALIVE_CHARACTERS
  return callApi(path, schema, { method: 'POST', headers, body: json, keepalive })
}
