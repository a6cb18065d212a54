import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
let home = ''
let deck = ''

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'viva-check-'))
  deck = join(home, 'deck')
  await cp(join(root, 'deck/testing/second-deck'), deck, { recursive: true })
})
afterEach(() => rm(home, { recursive: true }))

async function edit(file: string, from: string, to: string): Promise<void> {
  const source = await readFile(join(deck, file), 'utf8')
  expect(source).toContain(from)
  await writeFile(join(deck, file), source.replace(from, to))
}

/** `npm run content:check` with these arguments and with a folder for temporary files of its own. */
function check(
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; output: string; errors: string }> {
  const script = join(root, 'scripts/content-check.mjs')
  const options = { cwd: root, env: { PATH: process.env['PATH'], TMPDIR: home, ...env } }
  return new Promise((done) => {
    const child = execFile(process.execPath, [script, ...args], options, (_error, output, errors) =>
      done({ code: child.exitCode ?? -1, output, errors }),
    )
  })
}

test('a deck whose claims hold is tried from beginning to end, and nothing is left behind', async () => {
  const { code, output, errors } = await check([deck])
  expect(errors).toBe('')
  expect(output).toBe('3 lessons, 4 claims, 1 task, 7 quizzes: every claim holds.\n')
  expect(code).toBe(0)
  expect(await readdir(home)).toEqual(['deck'])
})

test('a false claim is named with its file, line, step and claim, and what came instead', async () => {
  await edit('03-media-types/steps.yaml', 'status: 422', 'status: 415')
  const { code, output, errors } = await check(['--lesson=03'], { CONTENT_DIR: deck })
  expect(errors).toMatch(
    /03-media-types\/steps\.yaml:15: step "as-text", claim "not-read" is false: status: expected 415, got 422\n\n1 problem\.\n$/,
  )
  expect(output).toBe('')
  expect(code).toBe(1)
})

test('a draft is said to be one, and a name that no folder has is a fault', async () => {
  await cp(join(deck, '03-media-types'), join(deck, '_04-later'), { recursive: true })
  const draft = await check([deck, '--lesson=_04-later'])
  expect([draft.code, draft.output, draft.errors]).toEqual([
    ...[0, "_04-later is a draft: it isn't shown, and its claims aren't tried.\n", ''],
  ])
  const unknown = await check([deck, '--lesson=04-later'])
  expect([unknown.code, unknown.errors]).toEqual([1, expect.stringContaining('no lesson "04-later" here')])
  await rename(join(deck, '_04-later'), join(deck, '04-later'))
  await writeFile(join(deck, 'deck.yaml'), 'drafts: [later]\n')
  expect((await check([deck, '--lesson=04-later'])).output).toMatch(/^04-later is a draft: /)
})

test('--read-only sends nothing', async () => {
  await edit('03-media-types/steps.yaml', 'status: 422', 'status: 415')
  const { code, output } = await check([deck, '--read-only'])
  expect(output).toBe('3 lessons, 4 claims, 1 task, 7 quizzes: no problems found; no claim was tried.\n')
  expect(code).toBe(0)
})

test('a lesson that isn’t there and an unknown option are reported', async () => {
  const missing = await check([deck, '--lesson=09'])
  expect(missing.errors).toContain(
    'no lesson "09" here; there are 01-safe-methods, 02-idempotence, 03-media-types',
  )
  expect(missing.code).toBe(1)
  const unknown = await check([deck, '--readonly'])
  expect(unknown.errors).toContain('npm run content:check -- [folder]')
  expect(unknown.code).toBe(2)
})
