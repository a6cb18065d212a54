// @vitest-environment node
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anyRequest } from '../export/testing/any-request.ts'
import { toCurl } from './write-curl.ts'
import { parseCurl, type CurlRequest } from './parse-curl.ts'
import { comparable } from '../export/testing/comparable.ts'
import { startRawEcho, type RawEcho, type RawRequest } from '../export/testing/raw-echo.ts'
import { leaveOut } from '../../../scripts/leave-out.mjs'
import { emptyFolder, missingTools, runCurl, runInBash } from '../export/testing/real-tools.ts'
import { bytesOf } from './utf8.ts'

const missing = missingTools()
if (missing !== null) leaveOut(`Pasted commands were not compared with what curl sends: ${missing}.`)

let echo: RawEcho
const folder = emptyFolder()
beforeAll(async () => {
  echo = await startRawEcho()
})
afterAll(async () => {
  await echo.stop()
  folder.remove()
})

const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

function expectSame(command: string, ours: CurlRequest, real: RawRequest | undefined): void {
  if (real === undefined) throw new Error(`curl sent nothing for ${command}`)
  const bytes = ours.headers.map(([name, value]): [string, string] => [name, bytesOf(value)])
  const sent = comparable(ours.method, ours.path, bytes, bytesOf(ours.body ?? ''))
  const noted = (about: string): boolean => ours.notes.some((note) => note.includes(about))
  const encoded = noted('percent-encodes') ? encodeBytes(real.target, ours.path) : real.target
  const target = noted('resolves') ? new URL(echo.origin + encoded).href.slice(echo.origin.length) : encoded
  const method = noted('A browser sends') ? real.method.toUpperCase() : real.method
  expect({ command, ...sent }).toEqual({ command, ...comparable(method, target, real.headers, real.body) })
}

/** The target that curl sent, with what the note says a browser encodes. */
function encodeBytes(target: string, ours: string): string {
  const [path = '', ...query] = target.split('?')
  const encode = (text: string, chars: RegExp): string =>
    text.replaceAll(chars, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`)
  const encoded = encode(path, /["<>\\^`{}\x80-\xff]/g)
  return query.length || ours.includes('?')
    ? `${encoded}?${encode(query.join('?'), /["<>'\x80-\xff]/g)}`
    : encoded
}

/** Lets the real curl run with what the parser accepts, and compares. Resolves with false for what it refuses. */
async function compare(command: string, words: readonly string[]): Promise<boolean> {
  let ours: CurlRequest
  try {
    ours = parseCurl(command, echo.origin)
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError)
    return false
  }
  await runCurl(words, folder)
  const sent = echo.taken()
  expect([command, sent.length]).toEqual([command, 1])
  expectSame(command, ours, sent[0])
  return true
}

const text = fc.string({
  unit: fc.constantFrom(...'ab1 =&;:@%+"\'\\{}[]<>$!é😀\n\t,()/?#*~._-'),
  maxLength: 10,
})
const token = fc.stringMatching(/^X-[A-Za-z0-9_.!-]{1,6}$/)
const name = fc.oneof(
  token,
  fc.constantFrom('Accept', 'content-type', 'Authorization', 'Cookie', 'Referer', 'User-Agent', 'Origin'),
)
const value = text.map((written) => written.replaceAll(/[\n\r]/g, ''))
const header = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(name, fc.constantFrom('', ' '), value)
      .map((parts) => `${parts[0]}:${parts[1]}${parts[2]}`),
  },
  name.map((written) => `${written}:`),
  name.map((written) => `${written};`),
)
const dataOption = fc.constantFrom(
  '-d',
  '--data',
  '--data-raw',
  '--data-binary',
  '--data-ascii',
  '--data-urlencode',
  '--json',
)
const option = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(dataOption, text) },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom('-H', '--header'), header) },
  fc.tuple(
    fc.constantFrom('-F', '--form'),
    fc
      .tuple(text, text, fc.constantFrom('', ';type=text/plain', '; type=a/b; c=d'))
      .map((parts) => `${parts[0]}=${parts[1]}${parts[2]}`),
  ),
  fc.tuple(
    fc.constant('--form-string'),
    fc.tuple(text, text).map((parts) => parts.join('=')),
  ),
  fc.tuple(fc.constant('--url-query'), text),
  fc.tuple(
    fc.constantFrom('-X', '--request'),
    fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'wHat', 'get', 'patch', 'A B'),
  ),
  fc.tuple(
    fc.constantFrom('-u', '--user'),
    fc.tuple(value, value).map((parts) => parts.join(':')),
  ),
  fc.tuple(fc.constant('--oauth2-bearer'), fc.stringMatching(/^[\w.]{1,8}$/)),
  fc.tuple(
    fc.constantFrom('-A', '--user-agent', '-e', '--referer', '-r'),
    fc.stringMatching(/^[\w./]{0,8}$/),
  ),
  fc.tuple(fc.constantFrom('-b', '--cookie'), fc.stringMatching(/^\w{1,3}=\w{0,3}$/)),
  fc.constantFrom(
    ['-G'],
    ['--get'],
    ['-I'],
    ['-sS'],
    ['-g'],
    ['--path-as-is'],
    ['-k'],
    ['--compressed'],
    ['--sil'],
    ['--no-get'],
    ['-sSXPUT'],
    ['-gGd', 'x=y'],
    ['--max-t', '9'],
    ['-o', 'out'],
    ['-L'],
    ['--no-silent'],
    ['-vi'],
  ),
)
const target = fc
  .tuple(
    fc.constantFrom(
      '',
      '',
      '/a',
      '/users/',
      '//x',
      '/a/../b',
      '/./a/%2e%2e/b/.',
      '/[1-1]',
      '/{a}',
      '/[]',
      '/\\[\\]',
      '/{{x}}',
      '/é',
      '/a..b/...',
    ),
    fc.constantFrom(
      '',
      '',
      '?',
      '?q=1',
      '?q=1&',
      "?q='é'",
      '?a[]=1',
      '?{x}',
      '?a=%c3%A9%',
      '?a=/../b',
      '?\\{|^',
    ),
    fc.constantFrom('', '', '', '#f', '#f?x'),
  )
  .map((parts) => parts.join(''))

test.skipIf(missing !== null)(
  'every generated command that is accepted is sent as curl sends it, byte by byte',
  async () => {
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(option, { maxLength: 4 }),
        target,
        fc.constantFrom('', 'u:p%40@', 'é@'),
        fc.nat(4),
        async (options, path, user, at) => {
          const url = echo.origin.replace('//', `//${user}`) + path
          const words = ['-s', ...options.slice(0, at).flat(), url, ...options.slice(at).flat()]
          if (await compare(['curl', ...words.map(quote)].join(' '), words)) accepted += 1
        },
      ),
      { numRuns: 150 },
    )
    expect(accepted).toBeGreaterThan(30)
  },
)

test.skipIf(missing !== null)('a copied command, run by bash, sends what the page sends', async () => {
  await fc.assert(
    fc.asyncProperty(anyRequest, async (request) => {
      const command = toCurl(request, echo.origin)
      await runInBash(command, folder)
      const sent = echo.taken()
      expect([command, sent.length]).toEqual([command, 1])
      expectSame(command, { ...request, notes: [] }, sent[0])
    }),
    { numRuns: 120 },
  )
})
