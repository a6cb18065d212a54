import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import CrossOriginNote from './CrossOriginNote.vue'

const ORIGIN = 'https://stranger.example'

/** What is said of a request and its response. */
function noteOn(method: string, status: number, allowed?: string): string {
  const preflight: [string, string][] =
    method === 'OPTIONS' ? [['Access-Control-Request-Method', 'POST']] : []
  const headers: [string, string][] = allowed === undefined ? [] : [['access-control-allow-origin', allowed]]
  return mount(CrossOriginNote, {
    props: {
      origin: ORIGIN,
      request: { method, path: '/users/', headers: [['Origin', ORIGIN], ...preflight], body: null },
      answer: {
        status,
        headers,
        text: '',
        json: undefined,
        bytes: 0,
        ms: 1,
        redirected: false,
        path: '/users/',
      },
    },
  }).text()
}

test.each([
  ['GET', 200, undefined, 'hides this response from that page'],
  ['GET', 200, 'http://localhost:5173', 'hides this response from that page'],
  ['GET', 404, ORIGIN, 'lets that page read this response'],
  ['GET', 200, '*', 'lets that page read this response'],
  ['OPTIONS', 400, undefined, 'stops here, and the POST is never sent'],
  ['OPTIONS', 400, ORIGIN, 'stops here, and the POST is never sent'],
  ['OPTIONS', 200, ORIGIN, 'now it sends the POST'],
] as const)('%s answered %s, allowing %s: the browser %s', (method, status, allowed, what) => {
  const note = noteOn(method, status, allowed)
  expect(note).toContain(`as a page of ${ORIGIN} would send it`)
  expect(note).toContain(what)
})
