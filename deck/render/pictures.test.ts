import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renderSite, type Site } from './site.ts'

const GIF = Buffer.from('R0lGODlhAwACAIAAAP///wAAACwAAAAAAwACAAACAoRRADs=', 'base64')
/** The first bytes of a JPEG: a table, then a frame of 5 × 4 pixels. */
const JPEG = Buffer.from('ffd8ffdb0004aaaaffc0000b080004000501011100', 'hex')

let folder = ''
let site: Site
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deck-'))
  await cp('deck/testing/second-deck', folder, { recursive: true })
  const lesson = join(folder, '01-safe-methods')
  await writeFile(join(lesson, 'all codes.gif'), GIF)
  await writeFile(join(lesson, 'photo.JPG'), JPEG)
  await writeFile(join(lesson, 'plan.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  const file = join(lesson, 'lesson.md')
  const text = await readFile(file, 'utf8')
  const more = [
    '![All codes](<all codes.gif>)',
    '![A photo](./photo.JPG "Taken in 1843") and ![A plan][plan]',
    'See [the next one](../02-idempotence/lesson.md#today), [this](../03-media-types) and `[code](../02-idempotence)`.',
    '[plan]: plan.svg',
  ]
  await writeFile(
    file,
    text.replace('\n## Common mistakes', () => `\n${more.join('\n\n')}\n\n## Common mistakes`),
  )
  site = await renderSite(folder, process.cwd())
})
afterAll(() => rm(folder, { recursive: true }))

test('pictures have an address of their content, their size and their words', async () => {
  const html = site.lessons.get('safe-methods')?.html.today ?? ''
  expect(html).toMatch(
    /<img src="\/assets\/pictures\/[0-9a-f]{16}-3x2\.gif" alt="All codes" width="3" height="2">/,
  )
  expect(html).toMatch(
    /<img src="\/assets\/pictures\/[0-9a-f]{16}-5x4\.jpg" alt="A photo" title="Taken in 1843" width="5" height="4">/,
  )
  expect(html).toMatch(/<img src="\/assets\/pictures\/[0-9a-f]{16}\.svg" alt="A plan">/)
  const sources = [...html.matchAll(/<img src="([^"]+)"/g)].map(([, address]) => address)
  expect([...site.pictures.keys()]).toEqual(sources)
  expect(await readFile(site.pictures.get(sources[0] ?? '') ?? '')).toEqual(GIF)
})

test('links to files of other lessons lead to their pages', () => {
  const html = site.lessons.get('safe-methods')?.html.today ?? ''
  expect(html).toContain('<a href="/lessons/idempotence#today">the next one</a>')
  expect(html).toContain('<a href="/lessons/media-types">this</a>')
})
