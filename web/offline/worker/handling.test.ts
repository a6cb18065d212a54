// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { handlingOf, type Asked } from './handling.ts'

const ORIGIN = 'https://viva.example'
const files = Object.fromEntries(
  [
    ...[
      '/',
      '/review',
      '/practice',
      '/practice/mock',
      '/lessons/12-errors',
      '/lessons/jwt',
      '/playground',
      '/about',
    ],
    ...['/lessons/12-errors.json', '/code.json', '/study.json', '/search.json', '/early.js'],
    '/assets/lesson-1a2b3c4d.js',
  ].map((path) => [path, 'hash']),
)

function ask(url: string, { mode = 'cors', method = 'GET', headers = {} }: Partial<Ask> = {}) {
  const request = {
    url: url.startsWith('/') ? ORIGIN + url : url,
    mode,
    method,
    headers: new Headers(headers),
  }
  return handlingOf(request as Asked, ORIGIN, files)
}
interface Ask {
  mode: string
  method: string
  headers: Record<string, string>
}
const open = (url: string) => ask(url, { mode: 'navigate' })

test('a page of the build opens under each form of its address', () => {
  expect(open('/')).toEqual({ kind: 'page', path: '/' })
  for (const form of ['', '/', '?step=2', '#playground', '/?from=mail#key-points']) {
    expect(open(`/lessons/12-errors${form}`)).toEqual({ kind: 'page', path: '/lessons/12-errors' })
    expect(open(`/lessons/08-jwt${form}`)).toEqual({ kind: 'page', path: '/lessons/jwt' })
    expect(open(`/lessons${form}`)).toEqual({ kind: 'page', path: '/' })
  }
})

test('a page gets the files of its own build, and a file with a hash in its name is the same in all', () => {
  expect(ask('/study.json?build=old')).toEqual({ kind: 'data', path: '/study.json', build: 'old' })
  expect(ask('/early.js?build=new', { mode: 'no-cors' })).toEqual({
    ...{ kind: 'data', path: '/early.js', build: 'new' },
  })
  expect(ask('/assets/gone-99999999.js')).toEqual({ kind: 'asset', path: '/assets/gone-99999999.js' })
})

/** Everything that the server answers itself, and may answer differently the next time. */
const servers = [
  ...['/api/sandbox', '/api/sandbox/store', '/api/traces/1', '/api/rooms/x/events', '/api/interviews'],
  ...['/users/', '/users/1', '/login', '/items', '/lab/boom', '/openapi.json', '/docs', '/redoc'],
  ...['/docs/oauth2-redirect', '/docs-assets/favicon.png', '/healthz', '/readyz', '/metrics', '/sw.js'],
  ...['/interview', '/interview/new', '/interview/abc', '/join', '/join/xyz', '/room/abc'],
  ...[
    '/interview-questions.json',
    '/interview-offers.json',
    '/manifest.webmanifest',
    '/favicon.svg',
    '/nowhere',
    '/lessons/99-new',
  ],
]

test.each(servers)('%s is left alone, whoever asks for it and however', (path) => {
  const suffixes = ['', '/', '?build=new', '?build=', '#x', '/?a=b']
  for (const suffix of suffixes)
    for (const mode of ['navigate', 'cors', 'no-cors', 'same-origin'])
      expect(ask(path + suffix, { mode })).toEqual({ kind: 'leave' })
})

test('nothing but the build’s own addresses and /assets/ is ever handled', () => {
  const piece = fc.constantFrom(
    ...[
      'api',
      'users',
      'lessons',
      'assets',
      '12-errors',
      'study.json',
      '..',
      '%2e%2e',
      '',
      'interview',
      'review',
    ],
  )
  const path = fc
    .array(fc.oneof(piece, fc.webFragments()), { maxLength: 4 })
    .map((parts) => `/${parts.join('/')}`)
  const mode = fc.constantFrom('navigate', 'cors', 'no-cors')
  const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS')
  fc.assert(
    fc.property(path, fc.webQueryParameters(), mode, method, (asked, query, mode, method) => {
      const handling = ask(`${ORIGIN}${asked}?${query}`, { mode, method })
      if (handling.kind === 'leave') return
      expect(method).toBe('GET')
      const { pathname } = new URL(`${ORIGIN}${asked}`)
      if (handling.kind === 'asset') expect(pathname).toMatch(/^\/assets\//)
      else expect(Object.keys(files)).toContain(handling.path)
      const path = pathname.replace(/\/+$/, '').replace(/^\/lessons$/, '') || '/'
      if (handling.kind === 'page') expect(path).toBe(handling.path)
    }),
  )
})

test('another host, a part of a file, and a form that is sent are left alone', () => {
  expect(ask('https://cdn.example/assets/x.js')).toEqual({ kind: 'leave' })
  expect(ask('http://viva.example/assets/x.js')).toEqual({ kind: 'leave' })
  expect(ask('/assets/x.js', { headers: { Range: 'bytes=0-99' } })).toEqual({ kind: 'leave' })
  expect(ask('/review', { mode: 'navigate', method: 'POST' })).toEqual({ kind: 'leave' })
})
