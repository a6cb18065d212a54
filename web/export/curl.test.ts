import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PlainRequest } from '../../contract/request.ts'
import { toCurl } from './curl.ts'
import { parseCurl } from './parse-curl.ts'
import { shellWords } from './shell-words.ts'

const ORIGIN = 'http://localhost:8000'

const create: PlainRequest = {
  method: 'POST',
  path: '/users/?note=it%27s',
  headers: [
    ['Content-Type', 'application/json'],
    ['Authorization', 'Bearer a.b.c'],
  ],
  body: '{\n  "name": "Conan O\'Brien", "bio": "$HOME `x` \\\\ \\"q\\""\n}',
}

test('a copied command reads back as the same request', () => {
  expect(parseCurl(toCurl(create, ORIGIN), ORIGIN)).toEqual({ ...create, notes: [] })
})

test('a real shell makes the same words of a copied command', () => {
  const command = toCurl(create, ORIGIN)
  const real = execFileSync('sh', ['-c', command.replace('curl', "printf '%s\\0'")], { encoding: 'utf8' })
  expect(['curl', ...real.split('\0').slice(0, -1)]).toEqual(shellWords(command))
})

test('any body, header value and path survives copying and pasting', () => {
  const token = fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,9}$/)
  const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/)
  const requests = fc.record({
    method: fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE'),
    path: fc
      .webPath()
      .map((path) => (path.startsWith('/') ? path : `/${path}`))
      .filter((path) => !path.startsWith('//')),
    headers: fc.uniqueArray(fc.tuple(token, value), { selector: ([name]) => name.toLowerCase() }),
    body: fc.option(fc.string({ unit: 'grapheme', minLength: 1 })),
  })
  fc.assert(
    fc.property(requests, (request) => {
      const path = new URL(request.path, ORIGIN).pathname
      expect(parseCurl(toCurl({ ...request, path }, ORIGIN), ORIGIN)).toEqual({ ...request, path, notes: [] })
    }),
  )
})

test.each([
  ['curl localhost:8000/items', 'GET', '/items'],
  ["curl -sSL 'http://localhost:8000/users/?limit=2'", 'GET', '/users/?limit=2'],
  ['curl -I http://localhost:8000/items', 'HEAD', '/items'],
  ['curl -XDELETE http://localhost:8000/users/1', 'DELETE', '/users/1'],
  ['$ curl --request PATCH --url http://localhost:8000/users/1', 'PATCH', '/users/1'],
  ['curl -G -d limit=2 -d skip=1 http://localhost:8000/users/', 'GET', '/users/?limit=2&skip=1'],
])('%s is %s %s', (command, method, path) => {
  expect(parseCurl(command, ORIGIN)).toMatchObject({ method, path, body: null, notes: [] })
})

test('-d makes a form, --json makes JSON, -u makes Basic, and -H wins over what curl would add', () => {
  expect(parseCurl('curl -d username=ada -d password=x localhost:8000/login', ORIGIN)).toMatchObject({
    method: 'POST',
    body: 'username=ada&password=x',
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
  })
  expect(parseCurl(`curl --json '{"a":1}' localhost:8000/users/`, ORIGIN).headers).toEqual([
    ['Content-Type', 'application/json'],
    ['Accept', 'application/json'],
  ])
  expect(parseCurl('curl -u ada:lövelace localhost:8000/items', ORIGIN).headers).toEqual([
    ['Authorization', 'Basic YWRhOmzDtnZlbGFjZQ=='],
  ])
  expect(parseCurl(`curl -H "content-type: text/plain" -d hi localhost:8000/items`, ORIGIN).headers).toEqual([
    ['content-type', 'text/plain'],
  ])
  expect(
    parseCurl(`curl -H 'Content-Type:' -H 'X-Empty;' -d hi localhost:8000/items`, ORIGIN).headers,
  ).toEqual([['X-Empty', '']])
})

test('quotes are read as a shell reads them, $-quotes of a browser among them', () => {
  expect(
    parseCurl(String.raw`curl $'http://localhost:8000/items' --data-raw $'it\'s \u0041\n'`, ORIGIN).body,
  ).toBe("it's A\n")
  expect(parseCurl(String.raw`curl "localhost:8000/items" -d "a \"b\" \x \$c"`, ORIGIN).body).toBe(
    String.raw`a "b" \x $c`,
  )
})

test('another host is left out and said', () => {
  const { path, notes } = parseCurl('curl https://api.example.com/users/7?x=1', ORIGIN)
  expect(path).toBe('/users/7?x=1')
  expect(notes).toEqual(['It named https://api.example.com; here it goes to this server.'])
})

test.each([
  ['', 'Paste a command that begins with curl.'],
  ['wget http://localhost:8000/', 'This begins with “wget”, not with curl.'],
  ['curl', 'There is no address in this command.'],
  [`curl 'http://localhost:8000/items`, "The quote ' at character 6 is never closed."],
  ['curl localhost:8000/items -H', '-H needs a value after it.'],
  ['curl localhost:8000/items -H nonsense', '“nonsense” is not a header: it has no colon.'],
  ['curl localhost:8000/items --frobnicate', 'The option --frobnicate is not known here.'],
  [
    'curl localhost:8000/items -d @body.json',
    "@body.json is a file, which a page can't read. Paste its contents instead.",
  ],
  ['curl -F file=@x localhost:8000/items', '-F sends files, and this API takes none.'],
  [
    'curl localhost:8000/items | jq',
    'Only one curl command can be read: “|” would make the shell do more. Leave it and what follows away.',
  ],
  ['curl a b', 'There are two addresses, a and b. Is a quote missing?'],
  ['curl http://[', '“http://[” is not an address.'],
])('%s is refused with a reason', (command, message) => {
  expect(() => parseCurl(command, ORIGIN)).toThrow(new SyntaxError(message))
})
