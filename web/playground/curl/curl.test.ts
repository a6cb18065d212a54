// @vitest-environment node
import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PlainRequest } from '#contract/request.ts'
import { toCurl } from './write-curl.ts'
import { parseCurl } from './parse-curl.ts'
import { anyRequest } from '../export/testing/any-request.ts'
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

test('a copied command is read back as the same request', () => {
  expect(parseCurl(toCurl(create, ORIGIN), ORIGIN)).toEqual({ ...create, notes: [] })
})

test('a real shell splits a copied command into the same words', () => {
  const command = toCurl(create, ORIGIN)
  const real = execFileSync('sh', ['-c', command.replace('curl', "printf '%s\\0'")], { encoding: 'utf8' })
  expect(['curl', ...real.split('\0').slice(0, -1)]).toEqual(shellWords(command).words)
})

test('any request that a page can send survives copying and pasting', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      expect(parseCurl(toCurl(request, ORIGIN), ORIGIN)).toEqual({ ...request, notes: [] })
    }),
    { numRuns: 500 },
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

test('the command shown by /docs keeps its lines with -d', () => {
  const command = String.raw`curl -X 'POST' \
  'http://localhost:8000/users/' \
  -H 'accept: application/json' \
  -H 'Content-Type: application/json' \
  -d '{
  "name": "Ada",
  "email": "ada@example.com"
}'`
  const body = '{\n  "name": "Ada",\n  "email": "ada@example.com"\n}'
  const headers = [
    ['accept', 'application/json'],
    ['Content-Type', 'application/json'],
  ]
  const read = { method: 'POST', path: '/users/', headers, body, notes: [] }
  expect(parseCurl(command, ORIGIN)).toEqual(read)
  expect(parseCurl(command.replaceAll('\n', '\r\n'), ORIGIN)).toEqual(read)
})

test('-F without a file is the multipart form that curl sends', () => {
  const { method, headers, body } = parseCurl(
    'curl -F username=ada -F \'password="a;b"\' localhost:8000/login',
    ORIGIN,
  )
  const boundary = /^multipart\/form-data; boundary=(-{24}[\da-f]{16})$/.exec(headers[0]?.[1] ?? '')?.[1]
  expect(method).toBe('POST')
  expect(body).toBe(
    `--${boundary}\r\nContent-Disposition: form-data; name="username"\r\n\r\nada\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="password"\r\n\r\na;b\r\n--${boundary}--\r\n`,
  )
})

test.each([
  ['# create a user\ncurl localhost:8000/items', '/items'],
  ["curl localhost:8000/items # it's a list\n", '/items'],
  ['curl localhost:8000/items;', '/items'],
  ['% curl localhost:8000/items', '/items'],
  ['curl --sil --http1.0 -0 --tlsv1.3 --retry-delay 1 localhost:8000/items', '/items'],
  ["curl 'localhost:8000/items?test\\[\\]=1'", '/items?test[]=1'],
  ['curl localhost:8000/items/[7-7]', '/items/7'],
  ["curl -g 'localhost:8000/items?a={b}[1]'", '/items?a={b}[1]'],
  ['curl --path-as-is localhost:8000/items', '/items'],
  ["curl --url-query 'q=a b' localhost:8000/items", '/items?q=a+b'],
])('%s goes to %s', (command, path) => {
  expect(parseCurl(command, ORIGIN)).toMatchObject({ method: 'GET', path, body: null, notes: [] })
})

test.each([
  ['curl localhost:8000/items \\', 'The backslash at the end was ignored: there is no line after it.'],
  ['curl -X get localhost:8000/', 'A browser sends get as GET.'],
  [
    'curl -X GET -d x localhost:8000/',
    "Browsers can't send a body with GET. Choose another method, or remove the body.",
  ],
  ['curl localhost:8000/é', 'A browser percent-encodes some characters of the URL: /%C3%A9'],
  [
    'curl --path-as-is localhost:8000/a/../b',
    'A browser resolves “.” and “..” in a path, and %2e as well: /b',
  ],
  [
    'curl -b a=1 -H "Origin: x" -A me localhost:8000/',
    "Browsers set User-Agent, Cookie themselves, so the values in the command aren't sent.",
  ],
  ['curl /items', 'The command names no host, which curl needs; the request goes to this server.'],
  [
    `curl localhost:8000/ -d 'x' -H "A: !run"`,
    'In a terminal, bash would look up “!run” in its history. Here it is sent as written.',
  ],
  [
    String.raw`curl localhost:8000/ -d $'\ud83d\ude00'`,
    'bash turns surrogate pairs such as \\ud83d\\ude00 into invalid bytes. Here each pair is read as the character that is meant.',
  ],
])('%s is noted', (command, note) => {
  expect(parseCurl(command, ORIGIN).notes).toEqual([note])
})

test('another host is replaced, with a note', () => {
  const { path, notes } = parseCurl('curl https://api.example.com/users/7?x=1', ORIGIN)
  expect(path).toBe('/users/7?x=1')
  expect(notes).toEqual([
    'The command names https://api.example.com; the request goes to this server instead.',
  ])
})

test.each([
  ['', 'Paste a command that starts with curl.'],
  ['wget http://localhost:8000/', 'This starts with “wget”, not with curl.'],
  ['curl', 'There is no URL in this command.'],
  [`curl 'http://localhost:8000/items`, "The quote ' at character 6 is never closed."],
  ['curl localhost:8000/items -H', '-H needs a value after it.'],
  ['curl localhost:8000/items -H nonsense', '“nonsense” is not a header: it has no colon.'],
  ['curl localhost:8000/items --frobnicate', 'The option --frobnicate is unknown here.'],
  [
    'curl localhost:8000/items -d @body.json',
    "@body.json is a file, which a page can't read. Paste its contents instead.",
  ],
  [
    'curl -F file=@x localhost:8000/items',
    "@x is a file, which a page can't read. If it is text, write it out: -F file=….",
  ],
  [
    'curl localhost:8000/items | jq',
    'Only a single curl command can be imported, and “|” makes the shell do more. Remove it and what follows, or put it in quotes.',
  ],
  [
    'curl -d "$TOKEN" localhost:8000/',
    'The shell would replace “$TOKEN” with the value of a variable. Write the value itself, or use single quotes if it is meant literally.',
  ],
  [
    'curl localhost:8000/users/${ID}',
    'The shell would replace “${ID}” with the value of a variable. Write the value itself, or use single quotes if it is meant literally.',
  ],
  [
    'curl -d "$(cat x)" localhost:8000/',
    'The shell would replace “$(cat x)” with the output of another command. Write the value itself, or use single quotes if it is meant literally.',
  ],
  [
    'curl -d `id` localhost:8000/',
    'The shell would replace “`id`” with the output of another command. Write the value itself, or use single quotes if it is meant literally.',
  ],
  [
    'curl localhost:8000/?a=1&b=2',
    'An unquoted “&” ends the command. If it belongs to the URL, put the URL in quotes; if not, remove it and what follows.',
  ],
  [
    'curl localhost:8000/ \\ \n -d x',
    "There is a space after the backslash at the end of line 1, so the shell doesn't continue the line. Remove the space.",
  ],
  [
    'curl localhost:8000/\n-d x',
    'For a shell, the command ends on line 1. If it continues, end that line with a backslash; if not, remove what follows.',
  ],
  [
    'curl localhost:8000/\ncurl localhost:8000/',
    'There are several commands. Paste one curl command at a time.',
  ],
  [
    'curl ^"http://localhost:8000/^" ^\n  -H ^"a: b^"',
    'This looks like a command for cmd.exe, which escapes with “^”. In the browser’s developer tools choose “Copy as cURL (bash)”, or write it with single quotes.',
  ],
  [
    'curl.exe "http://localhost:8000/" `\n  -H "a: b"',
    'This looks like a command for PowerShell, where “`” continues a line. In the browser’s developer tools choose “Copy as cURL (bash)”, or write it with single quotes.',
  ],
  [
    'Invoke-WebRequest -Uri "http://localhost:8000/"',
    'Invoke-WebRequest is PowerShell, not curl. In the browser’s developer tools choose “Copy as cURL (bash)”, or write it with single quotes.',
  ],
  ['curl –d x localhost:8000/', '“–” is a long dash, not a hyphen. Write the option with - or --.'],
  [
    'curl “localhost:8000/”',
    "“ is a typographic quote, which a shell doesn't treat as a quote. Replace it with ' or \".",
  ],
  [
    'curl\u00a0localhost:8000/',
    "There is a special space (U+00A0), which a shell doesn't treat as a space. Replace it with a plain one.",
  ],
  [
    'curl localhost:8000/[1-3]',
    'curl would send a request for each of “[1-3]”. If it is meant literally, add -g.',
  ],
  [
    "curl 'localhost:8000/{a,b}'",
    'curl would send a request for each of “{a,b}”. If it is meant literally, add -g.',
  ],
  [
    'curl localhost:8000/{a,b}',
    'The shell would expand these braces into several words. Put them in quotes.',
  ],
  [
    "curl 'localhost:8000/a b'",
    'curl rejects a URL that contains a space or a control character. Write a space as %20.',
  ],
  [
    'curl ftp://localhost:8000/a',
    '“ftp://localhost:8000/a” uses ftp, and only HTTP requests can be sent here.',
  ],
  ['curl //evil.example/x', 'curl rejects a URL that starts with //. Write http:// before the host.'],
  [
    'curl localhost:8000//evil.example/x',
    'The path //evil.example/x starts with two slashes, which a browser reads as another host. Remove one.',
  ],
  [
    'curl localhost:8000/.//evil.example/x',
    'The path //evil.example/x starts with two slashes, which a browser reads as another host. Remove one.',
  ],
  ['curl -X TRACE localhost:8000/', "Browsers can't send TRACE."],
  ["curl -X 'A B' localhost:8000/", '“A B” after -X is not a method.'],
  [
    'curl --request=PUT localhost:8000/',
    "curl doesn't accept “=” after an option. Put a space between --request and its value.",
  ],
  ['curl --__proto__=1 localhost:8000/', 'The option --__proto__=1 is unknown here.'],
  ['curl --__proto__ x localhost:8000/', 'The option --__proto__ is unknown here.'],
  ['curl --constructor x localhost:8000/', 'The option --constructor is unknown here.'],
  ['curl --toString x localhost:8000/', 'The option --toString is unknown here.'],
  [
    'curl --dat x localhost:8000/',
    '--dat could mean --data, --data-ascii, --data-binary, --data-raw and others. Write it out in full.',
  ],
  [
    'curl localhost:8000/ --next localhost:8000/',
    "--next can't be used: it starts a second request. Paste one at a time.",
  ],
  [
    'curl -T x localhost:8000/',
    "-T can't be used: it sends a file, which a page can’t read. Paste the contents after --data-raw instead.",
  ],
  [
    'curl -u ada localhost:8000/',
    'curl would prompt for the password of -u. Write it after a colon: -u name:password.',
  ],
  [
    'curl -b jar.txt localhost:8000/',
    "jar.txt after -b is a cookie file, which a page can't read. Write the cookies as name=value.",
  ],
  ['curl -I -d x localhost:8000/', 'curl rejects -I together with -d. Remove one of them.'],
  [
    'curl --data-urlencode a@b localhost:8000/',
    "@b is a file, which a page can't read. Paste its contents instead.",
  ],
  [
    'curl -F a=b -H "Content-Type: text/plain" localhost:8000/',
    'With -F, curl adds the boundary to the Content-Type itself. Remove that header.',
  ],
  [String.raw`curl -d $'\xff' localhost:8000/`, 'There are bytes in this command that are not valid UTF-8.'],
  ['curl a b', 'There are two URLs, a and b. Is a quote missing?'],
  ['curl http://[', 'curl rejects “[” in this URL. If it is meant literally, add -g.'],
  ['curl http://:x/', '“http://:x/” is not a URL.'],
])('%s is refused with a reason', (command, message) => {
  expect(() => parseCurl(command, ORIGIN)).toThrow(new SyntaxError(message))
})
