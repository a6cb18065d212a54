import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { contentCheck } from '../content-check/content-check.ts'
import { lessonNew } from './lesson-new.ts'

let deck: string
let printed: string[]

beforeEach(async () => {
  deck = join(await mkdtemp(join(tmpdir(), 'viva-deck-')), 'deck')
  printed = []
  const print = (line: string): void => void printed.push(line)
  vi.spyOn(console, 'log').mockImplementation(print)
  vi.spyOn(console, 'error').mockImplementation(print)
})
afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  await rm(resolve(deck, '..'), { recursive: true })
})

test('a new lesson in a new deck passes the check at once, and its claim holds', async () => {
  expect(await lessonNew(['04-response-caching', '--in', deck, '--title', 'What: to cache'])).toBe(0)
  expect(await contentCheck([deck])).toBe(0)
  expect(printed.at(-1)).toMatch(/1 lesson.*1 claim.*every claim holds/)
  const folder = relative(process.cwd(), deck)
  expect(printed[0]).toContain(
    `Next: CONTENT_DIR=${folder} npm run dev, and npm run content:check ${folder}.`,
  )
  const [first = ''] = (await readFile(join(deck, '04-response-caching/steps.yaml'), 'utf8')).split('\n')
  const schema = /^# yaml-language-server: \$schema=(\S+)$/.exec(first)?.[1] ?? ''
  const text = await readFile(resolve(deck, '04-response-caching', schema), 'utf8')
  expect(text).toContain('steps.yaml of a lesson')
})

test('it stands beside the built-in lessons, too', async () => {
  await cp(resolve(import.meta.dirname, '../../content/lessons'), deck, { recursive: true })
  vi.stubEnv('CONTENT_DIR', deck)
  expect(await lessonNew(['40-caching'])).toBe(0)
  expect(await contentCheck([deck, '--read-only'])).toBe(0)
  expect(await readFile(join(deck, '40-caching/lesson.md'), 'utf8')).toContain('\ntitle: Caching\n')
})

test.each([
  [[], 'Name the folder of the new lesson.'],
  [['caching'], '"caching" is no name for a lesson: use two digits and a few words, such as 04-caching.'],
  [['04_Caching'], '"04_Caching" is no name'],
  [['02-idempotence'], 'deck/02-idempotence exists already.'],
  [['02-caching'], '02-idempotence has the number 02 already. The next free one is 04.'],
  [
    ['04-caching', '--title', 'A'.repeat(41)],
    'has 41 characters; it must have 3 to 40. Give it with --title.',
  ],
  [['04-caching', 'My title'], 'Write -- before the options'],
])('%j is refused in words, and nothing is written', async (args, reason) => {
  await cp(resolve(import.meta.dirname, '../../deck/testing/second-deck'), deck, { recursive: true })
  const before = await readdir(deck)
  expect(await lessonNew([...args, '--in', deck])).toBe(2)
  expect(printed.join('\n')).toContain(reason)
  expect(printed.join('\n')).toContain('npm run lesson:new 04-caching')
  expect(await readdir(deck)).toEqual(before)
})

test('an option that npm has kept to itself is asked for again', async () => {
  vi.stubEnv('npm_config_title', 'Caching')
  expect(await lessonNew(['04-caching', '--in', deck])).toBe(2)
  expect(printed.join('\n')).toContain('Write -- before the options')
})
