// @vitest-environment node
import { execFile, spawn } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PlainRequest } from '#contract/request.ts'
import { NoPython, pythonWith } from '../../../original/record/python.ts'
import { CannotWrite } from './request-text.ts'
import { bytesOf } from '../curl/utf8.ts'
import { toFetch } from './fetch.ts'
import { toHttp } from './http-block.ts'
import { toHttpx } from './httpx.ts'
import { anyRequest } from './testing/any-request.ts'
import { comparable } from './testing/comparable.ts'
import { npmTool } from './testing/npm-tool.ts'
import { startRawEcho, type RawEcho, type RawRequest } from './testing/raw-echo.ts'
import { leaveOut } from '../../../scripts/leave-out.mjs'
import { emptyFolder } from './testing/real-tools.ts'

const run = promisify(execFile)
const REQUESTS = 150

let echo: RawEcho
beforeAll(async () => {
  echo = await startRawEcho()
})
afterAll(() => echo.stop())

const plain = ({ method, path, headers, body }: PlainRequest): object =>
  comparable(
    method,
    withoutEmptyQuery(path),
    headers.map(([name, value]) => [name, bytesOf(value)]),
    bytesOf(body ?? ''),
  )
/** Some clients leave out a question mark that nothing follows. */
const withoutEmptyQuery = (target: string): string => target.replace(/^([^?]*)\?$/, '$1')
const received = ({ method, target, headers, body }: RawRequest): object =>
  comparable(method, withoutEmptyQuery(target), headers, body)

/** Generated requests that can be written, with what was written. */
function written(
  write: (request: PlainRequest, origin: string) => string,
): { request: PlainRequest; text: string }[] {
  return fc.sample(anyRequest, REQUESTS).flatMap((request) => {
    try {
      return [{ request, text: write(request, echo.origin) }]
    } catch (error) {
      expect(error).toBeInstanceOf(CannotWrite)
      return []
    }
  })
}

test('copied as fetch and run in Node, a request sends the same bytes', async () => {
  const all = written(toFetch)
  expect(all).toHaveLength(REQUESTS)
  for (const { text, request } of all) {
    await new Function('console', `return (async () => {${text}})()`)({ log: () => {} })
    expect({ text, sent: echo.taken().map(received) }).toEqual({ text, sent: [plain(request)] })
  }
})

/** Runs each program it reads from standard input, and goes on after one that fails. */
const RUN_ALL = `
import contextlib, io, sys, traceback
for program in sys.stdin.buffer.read().decode().split("\\0"):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(program, {})
    except Exception:
        traceback.print_exc()
`

test(
  'copied as httpx and run in Python, a request sends the same bytes, or the same JSON',
  { timeout: 400_000 },
  async ({ skip }) => {
    const requirements = join(import.meta.dirname, 'testing/httpx-requirements.txt')
    const python = await pythonWith([requirements]).catch((error: unknown) => {
      if (!(error instanceof NoPython)) throw error
      leaveOut(`Requests copied as httpx were not run: ${error.message}`)
      return skip(error.message)
    })
    const all = written(toHttpx)
    const child = spawn(python, ['-c', RUN_ALL], {
      stdio: ['pipe', 'inherit', 'pipe'],
      env: { PATH: process.env['PATH'] },
    })
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.stdin.end(all.map(({ text }) => text).join('\0'))
    await new Promise((done) => child.on('close', done))
    expect(errors).toBe('')
    const sent = echo.taken()
    const asValue = (body: string): unknown => JSON.parse(Buffer.from(body, 'latin1').toString())
    for (const [index, { request, text }] of all.entries()) {
      const real = sent[index]
      if (!real) throw new Error(`nothing was sent by ${text}`)
      const same = text.includes('\n    json=') && request.body !== null
      if (same) expect(asValue(real.body)).toEqual(JSON.parse(request.body ?? ''))
      const body = same ? bytesOf(request.body ?? '') : real.body
      expect({ text, sent: received({ ...real, body }) }).toEqual({ text, sent: plain(request) })
    }
    expect(sent).toHaveLength(all.length)
  },
)

test(
  'an .http file that httpYac runs sends the same bytes, and reads no file',
  { timeout: 400_000 },
  async ({ skip }) => {
    const tool = await npmTool('httpyac', '6.16.7').catch((error: Error) => {
      leaveOut(
        `Copied .http requests were not run: httpYac can't be installed (${error.message.split('\n')[0]}).`,
      )
      return skip('httpYac is not there')
    })
    const folder = emptyFolder()
    const all = written(toHttp)
    for (const [index, { text }] of all.entries())
      writeFileSync(join(folder.cwd, `${1000 + index}.http`), text)
    const files = readdirSync(folder.cwd).sort()
    await run(process.execPath, [tool, 'send', ...files, '--all', '--output', 'none'], {
      ...folder,
      maxBuffer: 1e8,
    }).catch(() => null)
    folder.remove()
    const sent = echo.taken()
    const real = sent.map(received)
    for (const [index, { request, text }] of all.entries())
      expect({ text, sent: real[index] }).toEqual({ text, sent: plain(request) })
    expect(sent).toHaveLength(all.length)
    expect(all.length).toBeGreaterThan(REQUESTS / 5)
  },
)
