// @vitest-environment node
import { afterEach, expect, test, vi } from 'vitest'
import { ownHeaders } from '../../api/call.ts'
import { newTrace, sendRequest } from './send-request.ts'

afterEach(() => {
  delete ownHeaders['X-Sandbox']
  vi.unstubAllGlobals()
})

/** The header `X-Sandbox` of a request that the playground sends. */
async function sandboxSentWith(headers: [string, string][]): Promise<string | null> {
  const sent = vi.fn((_request: Request) => Promise.resolve(new Response('{}')))
  vi.stubGlobal('location', { origin: 'http://localhost:8000' })
  vi.stubGlobal('fetch', sent)
  const request = { method: 'GET', path: '/users/me', headers, body: null }
  await sendRequest(request, newTrace().traceparent, new AbortController().signal)
  return sent.mock.calls[0]![0].headers.get('X-Sandbox')
}

test('where the browser keeps no cookie, a sandbox that the request names itself is the only one it names', async () => {
  ownHeaders['X-Sandbox'] = 'aaaaaaaaaaaaaaaaaaaaaaaaaa'
  expect(await sandboxSentWith([])).toBe('aaaaaaaaaaaaaaaaaaaaaaaaaa')
  expect(await sandboxSentWith([['x-sandbox', 'default']])).toBe('default')
})
